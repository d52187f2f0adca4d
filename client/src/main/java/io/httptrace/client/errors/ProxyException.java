package io.httptrace.client.errors;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A proxy did not open a connection to the target: it refused (CONNECT, RFC 9110, section 9.3.6;
 * SOCKS, RFC 1928, section 6), or gave no valid answer. If the proxy cannot be reached at all, that
 * is a {@link java.net.ConnectException}; if its TLS handshake fails, a {@link TlsException}.
 */
public final class ProxyException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;
  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

  /** What went wrong. */
  public enum Reason {
    /** The proxy refused; see {@link #status()} or {@link #socksReply()}. */
    REFUSED("refused"),
    /** The proxy wants credentials, or did not accept them. */
    AUTHENTICATION("authentication failed"),
    /** The proxy's answer is malformed. */
    MALFORMED("malformed answer"),
    /** The proxy closed the connection without an answer. */
    CLOSED("connection closed without an answer"),
    /** The connection to the proxy failed before there was an answer; see the cause. */
    BROKEN("connection failed before there was an answer"),
    /** There was no answer in time. */
    TIMEOUT("no answer in time"),
    /** The request was cancelled, or timed out. */
    CANCELLED("cancelled");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** What went wrong. */
  private final Reason reason;

  /** The status of the answer to CONNECT, or {@code NONE}. */
  private final int status;

  /** The reply code of a SOCKS proxy, or {@code NONE}. */
  private final int socksReply;

  // Not kept when the exception is serialized.
  private final transient @Nullable HttpHeaders headers;

  private ProxyException(
      @Nullable String message,
      Reason reason,
      int status,
      int socksReply,
      @Nullable HttpHeaders headers,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = status;
    this.socksReply = socksReply;
    this.headers = headers;
  }

  private ProxyException(ProxyException original) {
    this(
        original.getMessage(),
        original.reason,
        original.status,
        original.socksReply,
        original.headers,
        original);
  }

  /**
   * {@return an exception for an answer to CONNECT}
   *
   * @param proxy host and port of the proxy
   * @param status the status
   * @param phrase the reason phrase after the status; may be empty
   * @param headers the fields
   */
  public static ProxyException answered(
      String proxy, int status, String phrase, HttpHeaders headers) {
    String answer = status + (phrase.isEmpty() ? "" : " " + phrase);
    return new ProxyException(
        "proxy " + proxy + " refused CONNECT: " + answer,
        status == 407 ? Reason.AUTHENTICATION : Reason.REFUSED,
        status,
        NONE,
        requireNonNull(headers, "headers"),
        null);
  }

  /**
   * {@return an exception for the reply of a SOCKS proxy}
   *
   * @param proxy host and port of the proxy
   * @param reply the code
   * @param meaning the code in words
   */
  public static ProxyException replied(String proxy, int reply, String meaning) {
    return new ProxyException(
        "proxy " + proxy + " refused the connection: SOCKS reply " + reply + " (" + meaning + ")",
        Reason.REFUSED,
        NONE,
        reply,
        null,
        null);
  }

  /**
   * {@return an exception without a status or reply of the proxy}
   *
   * @param proxy host and port of the proxy
   * @param reason what went wrong
   * @param cause the cause, or null
   */
  public static ProxyException of(String proxy, Reason reason, @Nullable Throwable cause) {
    String message = "proxy " + proxy + ": " + requireNonNull(reason, "reason").text;
    return new ProxyException(
        cause == null || cause.getMessage() == null ? message : message + ": " + cause.getMessage(),
        reason,
        NONE,
        NONE,
        null,
        cause);
  }

  /** {@return what went wrong} */
  public Reason reason() {
    return reason;
  }

  /** {@return the status of the answer to CONNECT; empty if there was none} */
  public OptionalInt status() {
    return status == NONE ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** {@return the reply code of a SOCKS proxy (RFC 1928, section 6); empty if there was none} */
  public OptionalInt socksReply() {
    return socksReply == NONE ? OptionalInt.empty() : OptionalInt.of(socksReply);
  }

  /** {@return the fields of the answer to CONNECT; none if there was no answer} */
  public HttpHeaders headers() {
    return headers == null ? NO_HEADERS : headers;
  }

  /**
   * {@return the same error, with the stack trace of the calling thread and this one as its cause}
   * That is what a blocking call throws: it leads to the code that has made the call.
   */
  public ProxyException renewed() {
    return new ProxyException(this);
  }
}
