package io.httptrace.cli.failure;

import io.httptrace.timeline.PhaseKind;

/**
 * The command's exit status. Where curl has a number for the same failure, it is curl's.
 *
 * <p>A response of any status, 404 and 500 too, is a success, unless an option says otherwise.
 */
public enum ExitCode {
  /** The response was read to its end. */
  OK(0, "The response was read to its end, whatever its status"),
  /** The server does not answer with HTTP. */
  NOT_HTTP(1, "wait: what the server sent is not HTTP"),
  /** The arguments are invalid. */
  USAGE(2, "Wrong usage: an option is unknown, incomplete or has a bad value"),
  /** The URL is malformed, or its scheme is neither http nor https. */
  BAD_URL(3, "The URL is malformed, or its scheme is neither http nor https"),
  /** The phase {@link PhaseKind#DNS} failed, for a proxy. */
  PROXY_DNS(5, "dns: the host name of the proxy could not be resolved"),
  /** The phase {@link PhaseKind#DNS} failed. */
  DNS(6, "dns: the host name could not be resolved"),
  /** The phase {@link PhaseKind#CONNECT} or {@link PhaseKind#QUEUE} failed. */
  CONNECT(7, "connect: no connection to the server could be made"),
  /** The head of the response is malformed. */
  WEIRD_REPLY(8, "wait: the head of the response is malformed"),
  /** There was an error of the framing of HTTP/2. */
  HTTP2(16, "HTTP/2: the connection failed, because of what one side sent"),
  /** The response ended before its end. */
  TRUNCATED(18, "response: the connection ended before the response was complete"),
  /** The status is an error, and should not be. */
  HTTP_STATUS(22, "The status is 400 or more, with -f or --fail-with-body"),
  /** Output could not be written here. */
  WRITE_ERROR(23, "Output could not be written: a file, standard output or standard error"),
  /** Input that should be sent could not be read here. */
  READ_ERROR(26, "A file to send, or one named by -H, -b, -w or -K, could not be read"),
  /** A time limit ran out, in any phase. */
  TIMEOUT(28, "A time limit ran out; the message names the phase"),
  /** The phase {@link PhaseKind#TLS} or {@link PhaseKind#PROXY_TLS} failed. */
  TLS(35, "tls: the handshake failed"),
  /** The device or address to connect from cannot be used. */
  INTERFACE(45, "This machine has no such device or address as --interface names"),
  /** There were more redirects than allowed. */
  REDIRECTS(47, "There were more redirects than --max-redirs allows"),
  /** The phase {@link PhaseKind#WAIT} failed. */
  WAIT(52, "wait: the server ended the connection without an answer"),
  /** The phase {@link PhaseKind#REQUEST} failed. */
  REQUEST(55, "request: the request could not be sent"),
  /** The phase {@link PhaseKind#RESPONSE} failed, or a proxy answered CONNECT with an error. */
  RESPONSE(56, "response: receiving the response failed; proxy: it refused CONNECT"),
  /** The client's certificate or key cannot be used. */
  CLIENT_CERTIFICATE(58, "The certificate of --cert or the key of --key could not be used"),
  /** The TLS handshake failed because the server's certificate is not trusted. */
  CERTIFICATE(60, "tls: the server's certificate is not trusted, has expired or has another name"),
  /** The content coding cannot be undone. */
  BAD_CODING(61, "response: its content coding is not known, or it is not coded so"),
  /** The body is longer than it may be. */
  FILE_SIZE(63, "The body is longer than --max-filesize allows"),
  /** An unexpected error. */
  INTERNAL(70, "An internal error; please report it"),
  /** The file of trusted certificates cannot be used. */
  CA_CERTIFICATES(77, "The file of --cacert could not be read"),
  /** A stream of HTTP/2 failed. */
  HTTP2_STREAM(92, "HTTP/2: the stream of the request was reset, or failed"),
  /** The phase {@link PhaseKind#PROXY_CONNECT} failed. */
  PROXY(97, "proxy: the proxy did not connect to the server"),
  /** A limit of {@code --slo} was missed, by requests that did not fail. */
  SLO_MISSED(120, "A limit of --slo was missed; the message names it, and says by how much"),
  /** The process was told to end: the JVM sees to the number. */
  INTERRUPTED(130, "Ctrl-C (SIGINT) ended it; after a SIGTERM it is 143");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** {@return the exit status} */
  public int number() {
    return number;
  }

  /** {@return one line for the user, without a full stop} */
  public String meaning() {
    return meaning;
  }

  /**
   * {@return the code of a request that failed in a phase}
   *
   * @param phase the phase
   */
  static ExitCode ofPhase(PhaseKind phase) {
    return switch (phase) {
      case DNS -> DNS;
      case QUEUE, CONNECT -> CONNECT;
      case PROXY_CONNECT -> PROXY;
      case PROXY_TLS, TLS -> TLS;
      case REQUEST -> REQUEST;
      case WAIT -> WAIT;
      case RESPONSE -> RESPONSE;
    };
  }
}
