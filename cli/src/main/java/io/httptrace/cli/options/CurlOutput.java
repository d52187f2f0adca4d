package io.httptrace.cli.options;

import org.jspecify.annotations.Nullable;

/**
 * What to show, by the options that curl has.
 *
 * @param include whether to show the header fields of the response
 * @param verbose whether to show the header fields of request and response
 * @param messages which messages go to standard error
 * @param failOn what an HTTP status from 400 on means
 * @param maxFileSize how long a body may be if its length is known, in bytes, or null
 * @param writeOut what to print after the request, with variables, or null
 */
public record CurlOutput(
    boolean include,
    boolean verbose,
    Messages messages,
    FailOn failOn,
    @Nullable Long maxFileSize,
    @Nullable String writeOut) {

  /** Without any option. */
  public static final CurlOutput DEFAULT =
      new CurlOutput(false, false, Messages.ALL, FailOn.NO_STATUS, null, null);

  /** {@return whether messages and progress are left out} */
  public boolean silent() {
    return messages != Messages.ALL;
  }

  /** Which messages go to standard error. */
  public enum Messages {
    /** All of them. */
    ALL,
    /** Why a request failed, and no more: {@code -s} with {@code -S}. */
    ERRORS,
    /** None: {@code -s}. */
    NONE
  }

  /** What an HTTP status from 400 on means. */
  public enum FailOn {
    /** It is a response like any other. */
    NO_STATUS,
    /** A failure, and its body is dropped: {@code -f}. */
    STATUS,
    /** A failure, and its body goes where it should: {@code --fail-with-body}. */
    STATUS_WITH_BODY
  }
}
