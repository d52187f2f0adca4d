package io.httptrace.client.errors;

import static java.util.Objects.requireNonNull;

import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/** A response violates HTTP, or a limit of the client. */
public final class ResponseException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** It does not begin with a status line of HTTP/1 (RFC 9112, section 4). */
    NOT_HTTP("malformed response"),
    /** It is not well-formed (RFC 9112). */
    MALFORMED("malformed response"),
    /** Its head, with the informational responses before it, is larger than allowed. */
    HEADER_TOO_LARGE("response head is too large"),
    /** There are more informational responses than allowed. */
    TOO_MANY_INFORMATIONAL("too many informational responses"),
    /** Its content coding cannot be decoded. */
    BAD_CONTENT_CODING("unsupported content coding");

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
   * @param reason what is wrong
   * @param cause the cause, or null
   */
  public ResponseException(Reason reason, @Nullable Throwable cause) {
    super(
        cause == null || cause.getMessage() == null
            ? requireNonNull(reason, "reason").text
            : requireNonNull(reason, "reason").text + ": " + cause.getMessage());
    this.reason = reason;
    if (cause != null) {
      initCause(cause);
    }
  }

  private ResponseException(Reason reason, @Nullable String message) {
    super(message);
    this.reason = reason;
  }

  private ResponseException(ResponseException original) {
    this(original.reason, original.getMessage());
    initCause(original);
  }

  /**
   * {@return an exception with a detail in its message}
   *
   * @param reason what is wrong
   * @param detail what exactly, for people
   */
  public static ResponseException of(Reason reason, String detail) {
    return new ResponseException(
        requireNonNull(reason, "reason"), reason.text + ": " + requireNonNull(detail, "detail"));
  }

  /** {@return what is wrong with the response} */
  public Reason reason() {
    return reason;
  }

  /**
   * {@return the same error, with the stack trace of the calling thread and this one as its cause}
   * That is what a blocking call throws: it leads to the code that has made the call.
   */
  public ResponseException renewed() {
    return new ResponseException(this);
  }
}
