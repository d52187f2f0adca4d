package io.httptrace.client.errors;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream or a connection of HTTP/2 that failed (RFC 9113, section 5.4). */
public final class Http2Exception extends IOException {
  private static final long serialVersionUID = 1L;

  /** The names of the error codes (RFC 9113, section 7). */
  private static final List<String> NAMES =
      List.of(
          "NO_ERROR",
          "PROTOCOL_ERROR",
          "INTERNAL_ERROR",
          "FLOW_CONTROL_ERROR",
          "SETTINGS_TIMEOUT",
          "STREAM_CLOSED",
          "FRAME_SIZE_ERROR",
          "REFUSED_STREAM",
          "CANCEL",
          "COMPRESSION_ERROR",
          "CONNECT_ERROR",
          "ENHANCE_YOUR_CALM",
          "INADEQUATE_SECURITY",
          "HTTP_1_1_REQUIRED");

  /** Why it failed. */
  public enum Reason {
    /** The server has reset the stream. */
    STREAM_RESET("the server reset the stream"),
    /** The server has sent GOAWAY, and does not serve this stream any more. */
    GOING_AWAY("the server is going away"),
    /** The server has broken a rule of HTTP/2 on this stream; others on the connection go on. */
    STREAM_ERROR("the server broke a rule on the stream"),
    /** The server has broken a rule of HTTP/2, which ends the connection and all streams on it. */
    CONNECTION_ERROR("the server broke a rule on the connection"),
    /** The server did not answer a PING in time, and the connection was closed. */
    PING_TIMEOUT("the server did not answer a PING in time"),
    /** There was unexpectedly no stream left for the request. */
    NO_STREAM("no stream left on the connection");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** What went wrong. */
  private final Reason reason;

  /** The error code of HTTP/2. */
  private final long errorCode;

  /** Whether the server has not processed the request. */
  private final boolean unprocessed;

  /**
   * Makes an exception.
   *
   * @param reason why it failed
   * @param errorCode the error code that was received or sent
   * @param unprocessed whether it is certain that the server has not processed the request
   * @param detail more details for the message; may be empty
   * @param cause the cause, or null
   */
  public Http2Exception(
      Reason reason,
      long errorCode,
      boolean unprocessed,
      String detail,
      @Nullable Throwable cause) {
    super(
        requireNonNull(reason, "reason").text
            + ": "
            + name(errorCode)
            + (detail.isEmpty() ? "" : " (" + detail + ")"),
        cause);
    this.reason = reason;
    this.errorCode = errorCode;
    this.unprocessed = unprocessed;
  }

  private static String name(long code) {
    return code >= 0 && code < NAMES.size()
        ? NAMES.get((int) code)
        : "error code 0x" + Long.toHexString(code);
  }

  /** {@return why it failed} */
  public Reason reason() {
    return reason;
  }

  /** {@return the error code that was received or sent (RFC 9113, section 7)} */
  public long errorCode() {
    return errorCode;
  }

  /**
   * {@return whether it is certain that the server has not processed the request} Then it may be
   * sent again, whatever its method (RFC 9113, section 8.7).
   */
  public boolean unprocessed() {
    return unprocessed;
  }
}
