package io.httptrace.client.errors;

import static java.util.Objects.requireNonNull;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A lookup that failed. */
public final class DnsException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  /** How it failed. */
  public enum Reason {
    /** The name does not exist, or has no address. */
    NOT_FOUND("no such host"),
    /** The name server could not answer. */
    SERVER_FAILURE("server failure"),
    /** There was no answer in time. */
    TIMEOUT("timed out"),
    /** The request was cancelled, or timed out. */
    CANCELLED("cancelled"),
    /** The resolver failed for another reason; see the cause. */
    OTHER("resolver failed");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** The name that was looked up. */
  private final String host;

  /** What went wrong. */
  private final Reason reason;

  /**
   * Makes an exception.
   *
   * @param host the name that was looked up
   * @param reason how the lookup failed
   * @param cause what it failed with, or null
   */
  public DnsException(String host, Reason reason, @Nullable Throwable cause) {
    super(
        "lookup "
            + requireNonNull(host, "host")
            + ": "
            + requireNonNull(reason, "reason").text
            + detail(host, cause));
    this.host = host;
    this.reason = reason;
    if (cause != null) {
      initCause(cause);
    }
  }

  /** The resolver's message, if it says more than that the name is unknown. */
  private static String detail(String host, @Nullable Throwable cause) {
    String message = cause instanceof UnknownHostException ? cause.getMessage() : null;
    return message == null || message.equals(host) || message.startsWith(host + ":")
        ? ""
        : ": " + message;
  }

  /** {@return the name that was looked up} */
  public String host() {
    return host;
  }

  /** {@return how the lookup failed} */
  public Reason reason() {
    return reason;
  }
}
