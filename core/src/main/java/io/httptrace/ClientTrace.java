package io.httptrace;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of hooks that run at the stages of an outgoing HTTP request.
 *
 * <p>Implement the hooks you need, or set them one by one with {@link #builder()}; every other hook
 * does nothing. The first sixteen are those of Go's {@code httptrace.ClientTrace}, with Go's names,
 * order and meaning; the others, at the end, report what Go's do not.
 *
 * <p><b>Rules for all hooks.</b> A trace belongs to one request as its caller sees it: retries and
 * redirects repeat the hooks on the same trace. A hook may run on any thread, several hooks of one
 * request may run at the same time, and a hook may run after the request has ended (a dial that
 * lost its race still reports its end). An exception in a hook is logged, once for each hook, and
 * does not affect the request; only {@link #got1xxResponse} may abort it. A hook that blocks holds
 * up its own request and no other. No lock of the client is held, so a hook may use the client.
 * Each {@code …Start} is followed by exactly one {@code …Done}, also after a failure, a timeout or
 * a cancellation.
 *
 * <p>{@link EventStamp#current()} tells a hook when its event happened and to which round trip and
 * connection it belongs.
 *
 * @see TraceContext#withClientTrace
 * @see <a href="https://pkg.go.dev/net/http/httptrace#ClientTrace">Go's ClientTrace</a>
 */
public interface ClientTrace {

  /**
   * Called before a connection is created or taken from the pool, once for each round trip, on the
   * thread that makes the round trip; the caller's thread makes the first. It is called even if
   * there is an idle connection. There is no hook for a failure to get a connection: the hook of
   * the failed phase gets the error, and the request fails with it.
   *
   * @param hostPort {@code host:port} of the target, or of the proxy if there is one; the port is
   *     always present and an IPv6 literal stands in brackets. A {@code Host} header has no
   *     influence on it.
   */
  default void getConn(String hostPort) {}

  /**
   * Called when a connection has been obtained, once for each round trip: after {@link #getConn}
   * and after all hooks of the dial that made it, before anything is written on it. Hooks of an
   * abandoned dial may still follow. Not called when no connection could be obtained, nor for the
   * CONNECT exchange with a proxy.
   *
   * @param info the connection and where it came from
   */
  default void gotConn(GotConnInfo info) {}

  /**
   * Called when the connection has been offered to the pool at the end of the response: after
   * {@link #wroteRequest}, and before the caller can see the end of the body. For a response
   * without a body: before the response is returned.
   *
   * <p>Not called when there is nothing to offer: keep-alive is off, either side said {@code
   * Connection: close}, the body was not read to its end, the request failed, or the response has
   * status 101. Not called for HTTP/2, whose connections are shared.
   *
   * @param error null if the pool took the connection; otherwise an {@link IdleConnectionException}
   *     whose {@link IdleConnectionException#reason() reason} says why not
   */
  default void putIdleConn(@Nullable Throwable error) {}

  /**
   * Called when the first byte of the response has arrived, once for each round trip. An
   * informational response counts; then the final response does not call it again. For HTTP/2 it is
   * the first HEADERS frame. Also called when the response turns out to be malformed, too large or
   * truncated, but not when the connection ends without a byte. It comes after {@link
   * #wroteHeaders}; before {@link #wroteRequest} if the server answers before it has the whole
   * body.
   */
  default void gotFirstResponseByte() {}

  /**
   * Called when the server answers {@code 100 Continue}. For HTTP/1.1 only if the request has a
   * body and {@code Expect: 100-continue}, and only for the first such response, even a late one.
   * The body is held back until this hook has returned. Source: RFC 9110, section 10.1.1.
   */
  default void got100Continue() {}

  /**
   * Called for each informational response (100 to 199, except 101, which is final), in the order
   * of arrival and before the final response is returned. Source: RFC 9110, section 15.2.
   *
   * @param code the status code
   * @param header the fields of the informational response; unmodifiable
   * @throws IOException to abort the request, which then fails with this exception in its chain of
   *     causes. With several traces all are called; the first exception aborts and the others are
   *     added to it as suppressed. Unchecked exceptions abort too.
   */
  default void got1xxResponse(int code, Map<String, List<String>> header) throws IOException {}

  /**
   * Called before a host name is looked up, once for each dial to a host name; never for an IP
   * literal, nor when the connection comes from the pool.
   *
   * @param info the name
   */
  default void dnsStart(DnsStartInfo info) {}

  /**
   * Called when the lookup has succeeded or failed, was cancelled or timed out: exactly once for
   * each {@link #dnsStart}, and before the first {@link #connectStart} that follows from it. If the
   * request was cancelled, it may come after the request's end.
   *
   * @param info what was found, or the error
   */
  default void dnsDone(DnsDoneInfo info) {}

  /**
   * Called before a connection attempt to one address. With several addresses it is called several
   * times, and with two address families attempts may overlap (RFC 8305, "Happy Eyeballs").
   *
   * @param network {@code tcp}
   * @param addr the address: a resolved {@link java.net.InetSocketAddress}, never a name
   */
  default void connectStart(String network, SocketAddress addr) {}

  /**
   * Called when the attempt to connect to one address has ended: exactly once for each {@link
   * #connectStart}, with the same arguments. If all attempts fail the request fails with the first
   * error. An attempt that lost the race ends with a {@link
   * java.util.concurrent.CancellationException}, possibly after the request has gone on, or ended.
   *
   * @param network as in {@link #connectStart}
   * @param addr as in {@link #connectStart}
   * @param error null if the attempt succeeded
   */
  default void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {}

  /**
   * Called before a TLS handshake, after the connection or, through a proxy, the tunnel is open.
   * With an HTTPS proxy there is one handshake with the proxy and, for an https target, one more
   * with the target.
   */
  default void tlsHandshakeStart() {}

  /**
   * Called when the TLS handshake has succeeded or failed, was cancelled or timed out: exactly once
   * for each {@link #tlsHandshakeStart}, and before {@link #gotConn} if the request gets this
   * connection. The server name in the state tells whether the handshake was with the proxy or with
   * the target.
   *
   * @param state what was negotiated; null if the handshake failed
   * @param error null if the handshake succeeded
   */
  default void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {}

  /**
   * Called for each header field once it has been put into the head of the request. For HTTP/1.1
   * one call has all values of a name; for HTTP/2 there is a call for each value, names are in
   * lower case and the pseudo-header fields come first. Not called for the CONNECT request to a
   * proxy.
   *
   * @param key the name
   * @param value the values; unmodifiable. They are what is sent: secrets are not masked here.
   */
  default void wroteHeaderField(String key, List<String> value) {}

  /**
   * Called once for each round trip when the head of the request, all its fields, has been handed
   * to the operating system. The body may have been handed to it together with the head.
   */
  default void wroteHeaders() {}

  /**
   * Called after {@link #wroteHeaders} if the request has a body and {@code Expect: 100-continue}
   * and the client now waits for the server's answer before it sends the body.
   */
  default void wait100Continue() {}

  /**
   * Called once for each round trip when the request and its body have been handed to the operating
   * system, or when writing has failed. Retries have their own call. It can come after the hooks of
   * the response if the server answers before it has the whole body. Not called when the request
   * ended before writing began.
   *
   * @param info the error, if writing failed; there is none if the body was left unsent because a
   *     final response came in place of {@code 100 Continue}
   */
  default void wroteRequest(WroteRequestInfo info) {}

  // ---- Beyond Go ----

  /**
   * Called before all other hooks of a round trip: of the first one, and of every retry, redirect
   * and authentication round trip that follows. {@link #roundTripDone} ends it.
   *
   * @param info the number of the round trip, why it is made, its method and URI
   */
  default void roundTripStart(RoundTripStartInfo info) {}

  /**
   * Called when the pool makes the request wait. The wait ends with {@link #gotConn}, with the
   * first hook of a dial if the request may then dial, or with the end of the request.
   *
   * @param reason what the request waits for
   */
  default void connWaitStart(ConnWaitReason reason) {}

  /**
   * Called before a proxy is asked to open a tunnel (CONNECT) or a SOCKS connection, once for each
   * dial: after the connection to the proxy is open, with TLS if it is an HTTPS proxy. Not called
   * for plain HTTP through an HTTP proxy. Source: RFC 9110, section 9.3.6; RFC 1928.
   *
   * @param addr the proxy's address
   */
  default void proxyConnectStart(SocketAddress addr) {}

  /**
   * Called when the proxy has answered, or failed to: exactly once for each {@link
   * #proxyConnectStart}, and before the TLS handshake with the target.
   *
   * @param status the status of the proxy's answer to CONNECT, or the reply code of a SOCKS proxy
   *     (0 is success); -1 if there was no answer
   * @param error null if the tunnel is open
   */
  default void proxyConnectDone(int status, @Nullable Throwable error) {}

  /**
   * Called when the head of the final response has been read, before the response is returned; once
   * for each round trip that gets that far. Trailers are not part of it.
   *
   * @param info status, protocol and fields
   */
  default void gotResponse(GotResponseInfo info) {}

  /**
   * Called exactly once for each {@link #roundTripStart}: when the body of the response has ended,
   * failed or been abandoned, or when the round trip failed earlier. Hooks of an abandoned dial may
   * still follow.
   *
   * @param info how it ended, and how many bytes were sent and received, if the client counts them
   */
  default void roundTripDone(RoundTripDoneInfo info) {}

  /**
   * {@return whether no hook of this trace ever blocks} This is not a hook but a promise: each hook
   * returns at once, waits for nothing (no I/O, no lock that others hold for long) and does not use
   * the client. Then a client may call the hooks on a thread that serves other requests too, which
   * saves thread switches; a hook that breaks the promise holds up those requests.
   *
   * <p>The default is false. It is true for a {@link io.httptrace.timeline.TraceRecorder} without a
   * listener, and for composed traces if it is true for all their parts. It is called at least once
   * for each request, on any thread, and must always return the same value. If it throws, that
   * counts as false.
   */
  default boolean nonBlocking() {
    return false;
  }

  /**
   * {@return a builder of a trace from functions, one for each hook you need}
   *
   * <p>An unset hook is Go's nil function.
   */
  static ClientTraceBuilder builder() {
    return new ClientTraceBuilder();
  }
}
