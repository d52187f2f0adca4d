package io.httptrace.client;

import static io.httptrace.client.ClientConfig.notNegative;
import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.client.connect.TlsParameters;
import io.httptrace.client.http.UserAgent;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.timeline.Timeline;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link TracingHttpClient}: everything {@link HttpClient.Builder} can set, and the
 * settings of Go's transport.
 *
 * <p>Each method returns this builder. It is not safe for use by several threads.
 */
public final class TracingHttpClientBuilder implements BuilderOfJdk19 {
  final ClientConfig config = new ClientConfig();

  TracingHttpClientBuilder() {}

  /**
   * Sets the trace of every request of the client. Traces of the request itself and of the current
   * {@link io.httptrace.TraceContext} are called before it.
   *
   * @param trace called once for each request on the caller's thread; returns its trace, or null
   *     for none. If it throws, the request fails.
   * @return this builder
   */
  public TracingHttpClientBuilder clientTrace(
      Function<? super HttpRequest, ? extends @Nullable ClientTrace> trace) {
    config.clientTrace = requireNonNull(trace, "trace");
    return this;
  }

  /**
   * Sets a consumer of the timelines of the client's calls; none by default. It replaces one that
   * was set before. {@link TracedRequest#onTimeline} does the same for one request; if both are
   * set, both get the same timeline.
   *
   * <p>There is one timeline for each call of {@code send} and {@code sendAsync} and each WebSocket
   * that is opened, with all its round trips: redirects, retries and authentication. It comes when
   * the call has succeeded or failed: after the end of the response's body, also if {@code send}
   * has returned before, as with a body that is streamed. Then it has {@linkplain Timeline#ended()
   * ended}, except for abandoned dials of the call. A WebSocket's call is over with the response of
   * its handshake. There is none for a call that is refused at once because the request is not
   * valid or the client is shut down, and none before the body is read to its end or closed.
   *
   * <p>The consumer is called on a thread of the client that does nothing else, one for each
   * timeline, so it may block, and may use the client; its first exception is logged. {@link
   * TracingHttpClient#close()} waits for it.
   *
   * @param consumer gets the timelines, several at a time if calls end at the same time
   * @return this builder
   */
  public TracingHttpClientBuilder onTimeline(Consumer<? super Timeline> consumer) {
    config.onTimeline = requireNonNull(consumer, "consumer");
    return this;
  }

  /**
   * Sets who is told of the client's connections, apart from its requests: nobody unless set. One
   * that was set before is replaced.
   *
   * <p>On which thread it is called, and when, is said at {@link ConnectionListener}. {@link
   * TracingHttpClient#close()} waits for it. Connections of WebSockets count too.
   *
   * @param listener is told
   * @return this builder
   * @see TracingHttpClient#poolSnapshot()
   */
  public TracingHttpClientBuilder connectionListener(ConnectionListener listener) {
    config.connectionListener = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets whether connections are reused; true by default. If not, every request has {@code
   * Connection: close}, and {@link ClientTrace#putIdleConn} is never called.
   *
   * @param keepAlive false to use each connection for one request only
   * @return this builder
   */
  public TracingHttpClientBuilder keepAlive(boolean keepAlive) {
    config.keepAlive = keepAlive;
    return this;
  }

  /**
   * Sets how many idle connections are kept, to all hosts together; 100 by default, as in Go. When
   * there is one more, the one that has been idle longest is closed.
   *
   * @param max 0 for no limit
   * @return this builder
   */
  public TracingHttpClientBuilder maxIdleConnections(int max) {
    config.maxIdleConnections = notNegative(max, "maxIdleConnections");
    return this;
  }

  /**
   * Sets how many idle connections are kept for one host (scheme, host and port); by default as
   * many as {@linkplain #maxIdleConnections to all hosts}. (Go keeps 2, so that most requests of a
   * burst have to dial.) The pool does not take back more ({@link
   * io.httptrace.IdleConnectionException.Reason#TOO_MANY_IDLE_FOR_HOST}).
   *
   * @param max at least 1; use {@link #keepAlive(boolean) keepAlive(false)} to keep none
   * @return this builder
   */
  public TracingHttpClientBuilder maxIdleConnectionsPerHost(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("maxIdleConnectionsPerHost must be at least 1: " + max);
    }
    config.maxIdleConnectionsPerHost = max;
    return this;
  }

  /**
   * Sets how many connections there may be to one host, dialling, in use or idle. Further requests
   * wait in order of arrival ({@link io.httptrace.ConnWaitReason#HOST_LIMIT}).
   *
   * @param max 0, the default, for no limit
   * @return this builder
   */
  public TracingHttpClientBuilder maxConnectionsPerHost(int max) {
    config.maxConnectionsPerHost = notNegative(max, "maxConnectionsPerHost");
    return this;
  }

  /**
   * Sets how long a connection may be idle before it is closed; 90 s by default.
   *
   * @param timeout zero for no limit
   * @return this builder
   */
  public TracingHttpClientBuilder idleConnectionTimeout(Duration timeout) {
    config.idleConnectionTimeout = notNegative(timeout, "idleConnectionTimeout");
    return this;
  }

  /**
   * Sets how long one TLS handshake may take; 10 s by default.
   *
   * @param timeout zero for no limit except the connect timeout
   * @return this builder
   */
  public TracingHttpClientBuilder tlsHandshakeTimeout(Duration timeout) {
    config.tlsHandshakeTimeout = notNegative(timeout, "tlsHandshakeTimeout");
    return this;
  }

  /**
   * Sets how long to wait for the head of the response once the request has been sent; no limit by
   * default. Informational responses do not end the wait.
   *
   * @param timeout zero for no limit
   * @return this builder
   */
  public TracingHttpClientBuilder responseHeaderTimeout(Duration timeout) {
    config.responseHeaderTimeout = notNegative(timeout, "responseHeaderTimeout");
    return this;
  }

  /**
   * Sets how long a request with {@link HttpRequest#expectContinue()} waits for {@code 100
   * Continue} before it sends its body anyway; 1 s by default (RFC 9110, section 10.1.1).
   *
   * @param timeout zero to send the body without waiting
   * @return this builder
   */
  public TracingHttpClientBuilder expectContinueTimeout(Duration timeout) {
    config.expectContinueTimeout = notNegative(timeout, "expectContinueTimeout");
    return this;
  }

  /**
   * Sets how large the head of a response may be, and all its informational responses together; 1
   * MiB by default.
   *
   * @param max bytes; positive
   * @return this builder
   */
  public TracingHttpClientBuilder maxResponseHeaderBytes(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("maxResponseHeaderBytes must be positive: " + max);
    }
    config.maxResponseHeaderBytes = max;
    return this;
  }

  /**
   * Sets how many informational responses may precede a final one; 5 by default. One more fails the
   * request.
   *
   * @param max 0 for no limit except {@link #maxResponseHeaderBytes}
   * @return this builder
   */
  public TracingHttpClientBuilder maxInformationalResponses(int max) {
    config.maxInformationalResponses = notNegative(max, "maxInformationalResponses");
    return this;
  }

  /**
   * Sets how long the first address family of a dual-stack host is tried alone; 300 ms by default
   * (RFC 8305, Connection Attempt Delay).
   *
   * @param delay negative to try all addresses one after the other
   * @return this builder
   */
  public TracingHttpClientBuilder fallbackDelay(Duration delay) {
    config.fallbackDelay = requireNonNull(delay, "delay");
    return this;
  }

  /**
   * Sets the resolver; by default the system's, on threads of the client.
   *
   * @param resolver looks up names
   * @return this builder
   */
  public TracingHttpClientBuilder resolver(Resolver resolver) {
    config.resolver = requireNonNull(resolver, "resolver");
    config.resolverName = requireNonNull(resolver.name(), "name of the resolver");
    return this;
  }

  /**
   * Sets whether to ask for gzip and to decode it; false by default, as the JDK's client does
   * neither. It applies to requests that have no {@code Accept-Encoding} and no {@code Range} of
   * their own and are not HEAD. If a body was decoded, the response's headers have no {@code
   * Content-Encoding} and {@code Content-Length}. {@code x-gzip} is gzip, and gzip may be applied
   * twice; a body in any other coding, which the client did not ask for, fails with a {@link
   * io.httptrace.client.errors.ResponseException}.
   *
   * @param compression true to ask for gzip and decode it
   * @return this builder
   */
  public TracingHttpClientBuilder compression(boolean compression) {
    config.compression = compression;
    return this;
  }

  /**
   * Sets how long a connection may take to be made: lookup, all addresses, the tunnel of a proxy,
   * and TLS together; no limit by default, except one minute for a tunnel. The remaining time is
   * divided among the addresses that are left.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder connectTimeout(Duration duration) {
    requireNonNull(duration, "duration");
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("Invalid duration: " + duration);
    }
    config.connectTimeout = duration;
    return this;
  }

  @Override
  public TracingHttpClientBuilder sslContext(SSLContext sslContext) {
    config.sslContext = requireNonNull(sslContext, "sslContext");
    return this;
  }

  @Override
  public TracingHttpClientBuilder sslParameters(SSLParameters sslParameters) {
    config.sslParameters = TlsParameters.copyOf(requireNonNull(sslParameters, "sslParameters"));
    return this;
  }

  /**
   * Sets the trust manager for servers and proxies; by default that of the JDK's trust store. It
   * cannot be combined with an {@link #sslContext}. Unlike that it works with BoringSSL too; see
   * {@link #nativeTls}.
   *
   * @param trustManager called on threads of the client. One that is not an {@link
   *     javax.net.ssl.X509ExtendedTrustManager} does not check names, so the client checks them too
   * @return this builder
   */
  public TracingHttpClientBuilder trustManager(X509TrustManager trustManager) {
    config.trustManager = requireNonNull(trustManager, "trustManager");
    return this;
  }

  /**
   * Sets the key manager, which has the certificates for peers that ask the client for one; none by
   * default. It cannot be combined with an {@link #sslContext}.
   *
   * @param keyManager called on threads of the client
   * @return this builder
   */
  public TracingHttpClientBuilder keyManager(X509KeyManager keyManager) {
    config.keyManager = requireNonNull(keyManager, "keyManager");
    return this;
  }

  /**
   * Sets whether BoringSSL may do TLS; true by default. It does if Netty's {@code
   * netty-tcnative-boringssl-static} is on the class path with the library for this system, and
   * nothing is set that needs the JDK's TLS: an {@link #sslContext}, or a default context other
   * than the JDK's; {@link #sslParameters} with other than TLS 1.2 and 1.3, one server name, the
   * algorithm {@code HTTPS} and application protocols; a {@link #keyManager} with keys that are
   * neither RSA nor of an elliptic curve for ECDSA; system properties that begin with {@code
   * jdk.tls.} or {@code javax.net.ssl.keyStore}, or {@code javax.net.debug}. Handshakes are several
   * times as fast. Trusted peers, disabled versions and cipher suites, the arguments of hooks and
   * the types of exceptions are the same with both. A host that the JDK does not accept as a name,
   * such as one with an underscore, always has the JDK's TLS.
   *
   * @param allowed false for the JDK's TLS
   * @return this builder
   */
  public TracingHttpClientBuilder nativeTls(boolean allowed) {
    config.nativeTls = allowed;
    return this;
  }

  /**
   * Sets the executor for the caller's code: hooks, body handlers and subscribers, body publishers.
   * By default the client has daemon threads of its own, which also run tasks that an executor
   * rejects or throws for. {@link TracingHttpClient#send} runs most of this code on the caller's
   * thread.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder executor(Executor executor) {
    config.executor = requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets the cookie handler; none by default. It is called before each request that is sent, also
   * one that follows a redirect or a challenge, and gets the fields of each response. Its cookies
   * and the caller's own are sent in one {@code Cookie} field (RFC 6265, section 5.4). It may
   * block: it holds up its own request only. The first call for a request is on the thread that
   * calls {@code send} or {@code sendAsync}, the others where hooks run. If it throws, the request
   * fails.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder cookieHandler(CookieHandler cookieHandler) {
    config.cookieHandler = requireNonNull(cookieHandler, "cookieHandler");
    return this;
  }

  /**
   * Sets which redirects are followed (301, 302, 303, 307, 308); none by default. Each request that
   * follows is a round trip of its own to hooks, and a {@linkplain
   * java.net.http.HttpResponse#previousResponse previous response} to the caller.
   *
   * <p>After 301 and 302 POST becomes GET, after 303 everything but HEAD does; otherwise method and
   * body stay as they are. A request to another origin is sent without {@code Authorization},
   * {@code Cookie}, {@code Host}, {@code Origin}, {@code Referer} and the like, a request that has
   * lost its body without the fields that described it. One call sends up to five requests, or as
   * many as the system property {@code jdk.httpclient.redirects.retrylimit} says when it begins,
   * unless {@link #maxRedirects} is set; the redirect after the last one is the response. A
   * redirect without a {@code Location} that HTTP can follow fails the request with an {@link
   * java.io.IOException}.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder followRedirects(HttpClient.Redirect policy) {
    config.followRedirects = requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Sets how many redirects one call follows, if {@link #followRedirects} allows any. The redirect
   * after the last one is the response. By default the limit is that of the JDK's client.
   *
   * @param max 0 to follow none
   * @return this builder
   */
  public TracingHttpClientBuilder maxRedirects(int max) {
    config.maxRedirects = notNegative(max, "maxRedirects");
    return this;
  }

  /**
   * Sets the {@code User-Agent} (RFC 9110, section 10.1.5) of requests that have none themselves,
   * and of those that open a tunnel through a proxy; {@code httptrace/} and a version by default.
   *
   * @param product the value of the field; empty to send no such field
   * @return this builder
   * @throws IllegalArgumentException if it cannot be the value of a field
   */
  public TracingHttpClientBuilder userAgent(String product) {
    if (!UserAgent.isValid(requireNonNull(product, "product"))) {
      throw new IllegalArgumentException("product cannot be a User-Agent: \"" + product + "\"");
    }
    config.userAgent = product;
    return this;
  }

  /**
   * Sets the version of HTTP for requests that do not set it themselves ({@link
   * HttpRequest.Builder#version}); {@code HTTP_2} by default. Then an {@code https} target is
   * offered HTTP/2 and HTTP/1.1 and chooses (ALPN, RFC 7301); for an {@code http} target HTTP/1.1
   * is used, unless {@link #http2PriorKnowledge} or {@link #http2Upgrade} is set. With {@code
   * HTTP_1_1} only HTTP/1.1 is offered.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder version(HttpClient.Version version) {
    config.version = requireNonNull(version, "version");
    return this;
  }

  /**
   * Sets whether HTTP/2 is used for {@code http} targets at once, without asking them first (RFC
   * 9113, section 3.3); false by default. It applies to requests of version {@code HTTP_2}, but not
   * through a proxy that forwards requests.
   *
   * @param http2PriorKnowledge true to speak HTTP/2 in clear text from the first byte on
   * @return this builder
   */
  public TracingHttpClientBuilder http2PriorKnowledge(boolean http2PriorKnowledge) {
    config.http2PriorKnowledge = http2PriorKnowledge;
    return this;
  }

  /**
   * Sets whether {@code http} targets are asked to switch to HTTP/2 ({@code Upgrade: h2c}, RFC
   * 7540, section 3.2), as the JDK's client always does; false by default, because RFC 9113 removed
   * it. It applies to requests of version {@code HTTP_2}, but not through a proxy that forwards
   * requests. The first request on a connection asks if it has no body; its hooks are those of
   * HTTP/1.1 until the server has switched, and {@link ClientTrace#gotFirstResponseByte} is for the
   * first byte of the 101.
   *
   * @param http2Upgrade true to offer {@code Upgrade: h2c} in clear text
   * @return this builder
   */
  public TracingHttpClientBuilder http2Upgrade(boolean http2Upgrade) {
    config.http2Upgrade = http2Upgrade;
    return this;
  }

  /**
   * Sets how long an HTTP/2 connection with requests under way may be silent before the client
   * sends a PING (RFC 9113, section 6.7); 5 minutes by default, which servers that count PINGs
   * accept. The PING comes after one to two intervals of silence; meanwhile requests still use the
   * connection. If nothing arrives within {@link #http2PingTimeout} the connection is closed. So a
   * request without a time limit ends if its connection is lost without notice.
   *
   * <p>Whatever the interval, the client sends a PING at once when a request times out and nothing
   * has arrived on its connection since that request was sent. Then the connection gets no new
   * requests until something arrives: they use others, and dial if necessary. If a server answers
   * two such PINGs but no request, its connection gets no more requests, and is closed when the
   * last one has ended.
   *
   * @param interval zero to send no PING because of silence alone
   * @return this builder
   */
  public TracingHttpClientBuilder http2PingInterval(Duration interval) {
    config.http2PingInterval = notNegative(interval, "http2PingInterval");
    return this;
  }

  /**
   * Sets how long to wait after a PING until its reply or anything else arrives; 15 s by default,
   * as in Go. Then the connection is closed, and its requests fail with an {@link
   * io.httptrace.client.errors.Http2Exception} ({@link
   * io.httptrace.client.errors.Http2Exception.Reason#PING_TIMEOUT}): they may have had an effect,
   * and are not sent again.
   *
   * @param timeout positive
   * @see #http2PingInterval
   * @return this builder
   */
  public TracingHttpClientBuilder http2PingTimeout(Duration timeout) {
    if (notNegative(timeout, "http2PingTimeout").isZero()) {
      throw new IllegalArgumentException("http2PingTimeout must be positive: " + timeout);
    }
    config.http2PingTimeout = timeout;
    return this;
  }

  /**
   * Sets the priority of all requests of the client over HTTP/2; a higher number is a higher
   * priority. It has no effect over HTTP/1.1, and servers may ignore it: RFC 9113, section 5.3.2,
   * deprecates it.
   *
   * @param priority 1 to 256
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder priority(int priority) {
    if (priority < 1 || priority > 256) {
      throw new IllegalArgumentException("priority must be between 1 and 256");
    }
    return this;
  }

  /**
   * Sets the selector that chooses the proxies. Without it no proxy is used; the JDK's client then
   * asks {@link ProxySelector#getDefault()}.
   *
   * <p>The selector is called once for each request, on the thread that sends it; its exceptions
   * are thrown to the caller. The first proxy of its list counts, as in the JDK's client: {@code
   * DIRECT} means no proxy; {@code HTTP} and {@code SOCKS} (version 5) are supported. The name of a
   * proxy is looked up for each connection, even if its address is resolved. If a proxy cannot be
   * connected to, the selector's {@code connectFailed} is called, and the request fails.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder proxy(ProxySelector proxySelector) {
    config.proxySelector = requireNonNull(proxySelector, "proxySelector");
    config.proxies = new SelectedProxies(proxySelector);
    return this;
  }

  /**
   * Sets the proxies, in place of a selector. The first route that leads to the target counts; a
   * target that none leads to is connected to directly.
   *
   * @param first a route
   * @param others more of them
   * @return this builder
   */
  public TracingHttpClientBuilder proxy(ProxyRoute first, ProxyRoute... others) {
    List<ProxyRoute> routes = new ArrayList<>(List.of(others));
    routes.add(0, requireNonNull(first, "first"));
    config.proxySelector = null;
    config.proxies = new RoutedProxies(List.copyOf(routes));
    return this;
  }

  /**
   * Sets the authenticator, which gives user and password when a server (401) or an HTTP proxy
   * (407) asks for them by Basic (RFC 7617) or Digest (RFC 7616: MD5 and SHA-256, {@code
   * qop=auth}); Digest is used if both are offered. None by default: then, or if another scheme is
   * asked for, the 401 or 407 is the response, and a tunnel that is refused with 407 fails the
   * request with a {@link io.httptrace.client.errors.ProxyException}. The same holds if the request
   * has an {@code Authorization} or {@code Proxy-Authorization} of its own, or its {@link
   * ProxyRoute} has credentials.
   *
   * <p>The request is sent again with the credentials, or the tunnel asked for again, as a round
   * trip of its own. Accepted credentials are remembered, for the same proxy, or for the same
   * origin and the same part of its paths only, and later requests send them at once. If
   * credentials are refused, the authenticator is called again, up to three times, or as often as
   * the system property {@code jdk.httpclient.auth.retrylimit} says when the call begins. After
   * that, or if it returns null or throws, the request fails with an {@link java.io.IOException}.
   * It may block: it holds up its own request only.
   *
   * <p>As with the JDK's client, Basic is not used for a tunnel, unless the system property {@code
   * jdk.http.auth.tunneling.disabledSchemes} allows it; {@code
   * jdk.http.auth.proxying.disabledSchemes} does the same for requests that a proxy reads.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder authenticator(Authenticator authenticator) {
    config.authenticator = requireNonNull(authenticator, "authenticator");
    return this;
  }

  /**
   * Sets the local address of all connections, also of those to proxies; the system chooses the
   * port. By default the system chooses the address too. If the address is not of this machine, or
   * the target has no address of the same family, the request fails with a {@link
   * java.net.ConnectException}. Hooks see the local address in {@link
   * io.httptrace.ConnectionInfo#localAddress()}.
   *
   * @param localAddress null for the system's choice
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder localAddress(@Nullable InetAddress localAddress) {
    config.localAddress = localAddress;
    return this;
  }

  /**
   * Sets where connections are made to, in place of the host and port of the target, or of the
   * proxy if there is one; by default exactly there. Only the network connection is another: the
   * {@code Host} field, TLS and its names, the pool and {@code getConn} keep the target. Hooks for
   * lookups and connects see where the connection is made to.
   *
   * @param destination gets host and port, {@linkplain InetSocketAddress#isUnresolved unresolved},
   *     and returns the same or others, of which only {@linkplain InetSocketAddress#getHostString
   *     host} and port count; an address as host needs no lookup. Called for each dial, on any
   *     thread; must not block. If it throws, or returns null, the request fails
   * @return this builder
   */
  public TracingHttpClientBuilder connectTo(UnaryOperator<InetSocketAddress> destination) {
    config.destinations = requireNonNull(destination, "destination");
    return this;
  }

  /**
   * {@return a client}
   *
   * @throws IllegalStateException if the client cannot run on the Netty that was found: it must be
   *     4.2, the same version for all its jars
   */
  @Override
  public TracingHttpClient build() {
    NettyVersion.check();
    return new TracingHttpClient(config.copy());
  }

  /** {@return some of the settings} */
  @Override
  public String toString() {
    return "TracingHttpClientBuilder" + config;
  }
}
