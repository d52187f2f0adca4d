package io.httptrace.conformance.error;

import static java.util.Objects.requireNonNull;

import java.net.UnknownHostException;

/** A lookup has failed, because the scenario says so. */
public final class LookupException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  /** How a lookup can fail. */
  public enum Kind {
    /** There is no such name, or it has no address. */
    NOT_FOUND("dns-not-found"),
    /** The name server cannot answer. */
    SERVER_FAILURE("dns-server-failure"),
    /** The name server does not answer. */
    TIMEOUT("dns-timeout");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** {@return the word for it in event strings} */
    public String word() {
      return word;
    }
  }

  /** How the lookup failed. */
  private final Kind kind;

  /**
   * Makes an exception.
   *
   * @param kind how the lookup fails
   * @param host the name
   */
  public LookupException(Kind kind, String host) {
    super(requireNonNull(kind, "kind").word + ": " + host);
    this.kind = kind;
  }

  /** {@return how the lookup failed} */
  public Kind kind() {
    return kind;
  }
}
