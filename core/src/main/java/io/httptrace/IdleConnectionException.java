package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Why the pool did not take a connection back. It is not an error of the request. */
public final class IdleConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The reasons. */
  public enum Reason {
    /** The limit for idle connections to this host has been reached. */
    TOO_MANY_IDLE_FOR_HOST("too many idle connections for host"),
    /** The idle connections were closed while this one was in use. */
    IDLE_CLOSED("idle connections were closed while this one was in use"),
    /** The client has been shut down. */
    CLIENT_CLOSED("client is closed"),
    /** The peer closed the connection, or sent unexpected bytes, right after the body. */
    CONNECTION_BROKEN("connection is no longer usable");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** Why the pool did not take the connection. */
  private final Reason reason;

  /**
   * Makes an exception for a reason.
   *
   * @param reason the reason
   */
  public IdleConnectionException(Reason reason) {
    super(requireNonNull(reason, "reason").text);
    this.reason = reason;
  }

  /** {@return why the pool did not take the connection} */
  public Reason reason() {
    return reason;
  }
}
