package io.httptrace.client.errors;

import static java.util.Objects.requireNonNull;

import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** A TLS handshake that failed. */
public final class TlsException extends SSLHandshakeException {
  private static final long serialVersionUID = 1L;

  /** How it failed. */
  public enum Reason {
    /** The certificate of the peer is not signed by an authority that is trusted. */
    UNKNOWN_AUTHORITY("certificate signed by unknown authority"),
    /** The certificate of the peer is for another name (RFC 9110, section 4.3.4). */
    WRONG_NAME("certificate is for another name"),
    /** A certificate has expired, or is not valid yet. */
    EXPIRED("certificate has expired or is not valid yet"),
    /** The handshake took longer than allowed. */
    TIMEOUT("handshake timed out"),
    /** What the peer sent is not TLS; the message says if it is plain HTTP. */
    NOT_TLS("peer does not speak TLS"),
    /** The peer closed the connection midway. */
    CLOSED("connection closed during handshake"),
    /** The peer reset the connection midway. */
    RESET("connection reset during handshake"),
    /** The request was cancelled, or timed out. */
    CANCELLED("handshake cancelled"),
    /** The two sides could not agree, or one of them refused; see the cause. */
    HANDSHAKE_FAILURE("handshake failed");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** What went wrong. */
  private final Reason reason;

  /**
   * Makes an exception.
   *
   * @param peer host and port of the peer, as the URI has them
   * @param reason how the handshake failed
   * @param cause what it failed with, or null
   */
  public TlsException(String peer, Reason reason, @Nullable Throwable cause) {
    super(message(requireNonNull(peer, "peer"), requireNonNull(reason, "reason"), cause));
    this.reason = reason;
    if (cause != null) {
      initCause(cause);
    }
  }

  private TlsException(TlsException original) {
    super(original.getMessage());
    this.reason = original.reason;
    initCause(original);
  }

  private static String message(String peer, Reason reason, @Nullable Throwable cause) {
    String message = "TLS handshake with " + peer + ": " + reason.text;
    return cause == null || cause.getMessage() == null
        ? message
        : message + ": " + cause.getMessage();
  }

  /** {@return how the handshake failed} */
  public Reason reason() {
    return reason;
  }

  /**
   * {@return the same error, with the stack trace of the calling thread and this one as its cause}
   * That is what a blocking call throws: it leads to the code that has made the call.
   */
  public TlsException renewed() {
    return new TlsException(this);
  }
}
