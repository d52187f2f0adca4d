package io.httptrace.client;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.connect.TlsParameters;
import io.httptrace.client.http.UserAgent;
import io.httptrace.client.route.ProxyFinder;
import io.httptrace.timeline.Timeline;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
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
  /** No limit in time. */
  private static final Duration NONE = Duration.ZERO;

  @Nullable Duration connectTimeout;
  @Nullable SSLContext sslContext;
  @Nullable X509TrustManager trustManager;
  @Nullable X509KeyManager keyManager;
  boolean nativeTls = true;
  @Nullable SSLParameters sslParameters;
  @Nullable Executor executor;
  HttpClient.Redirect followRedirects = HttpClient.Redirect.NEVER;
  int maxRedirects = -1;
  @Nullable CookieHandler cookieHandler;
  @Nullable Authenticator authenticator;
  @Nullable Resolver resolver;
  @Nullable InetAddress localAddress;
  @Nullable ProxySelector proxySelector;
  ProxyFinder proxies = ProxyFinder.NONE;
  @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> clientTrace;
  @Nullable Consumer<? super Timeline> onTimeline;
  String userAgent = UserAgent.DEFAULT;
  boolean keepAlive = true;
  boolean compression;
  HttpClient.Version version = HttpClient.Version.HTTP_2;
  boolean http2PriorKnowledge;
  boolean http2Upgrade;
  @Nullable Integer priority;
  int maxIdleConnections = JdkProperties.maxIdleConnections(100);
  int maxIdleConnectionsPerHost;
  int maxConnectionsPerHost;
  int maxResponseHeaderBytes = JdkProperties.maxResponseHeaderBytes(1 << 20);
  int maxInformationalResponses = JdkProperties.maxInformationalResponses(5);
  Duration idleConnectionTimeout = JdkProperties.idleTimeout(Duration.ofSeconds(90));
  Duration tlsHandshakeTimeout = Duration.ofSeconds(10);
  Duration responseHeaderTimeout = NONE;
  Duration expectContinueTimeout = Duration.ofSeconds(1);
  Duration fallbackDelay = Duration.ofMillis(300);
  Duration http2PingInterval = Duration.ofMinutes(5);
  Duration http2PingTimeout = Duration.ofSeconds(15);

  /** Time, if a test brings its own. */
  @Nullable Clock clock;

  TracingHttpClientBuilder() {}

  /**
   * Sets the trace of every request of the client. A trace of the request itself and of the current
   * {@link io.httptrace.TraceContext} are called before it.
   *
   * @param trace called once for each request on the caller's thread; gives its trace, or null for
   *     none. What it throws fails the request.
   * @return this builder
   */
  public TracingHttpClientBuilder clientTrace(
      Function<? super HttpRequest, ? extends @Nullable ClientTrace> trace) {
    this.clientTrace = requireNonNull(trace, "trace");
    return this;
  }

  /**
   * Sets who takes the timelines of the client's calls; nobody unless set. One that was set before
   * is replaced. {@link TracedRequest#onTimeline} does the same for one request; a call that has
   * both tells both, with the same timeline.
   *
   * <p>There is one timeline for each call of {@code send} and {@code sendAsync} and each WebSocket
   * that is opened, with all its round trips: redirects, retries and authentication. It comes when
   * the call is over, well or badly: after the end of the response's body, also if {@code send} has
   * returned before, as with a body that is streamed. Then it has {@linkplain Timeline#ended()
   * ended}, but for dials that the call has left behind. A WebSocket's call is over with the
   * response of its handshake. There is none for a call that is refused at once because the request
   * is not valid or the client is shut down, nor as long as a body is neither read to its end nor
   * closed.
   *
   * <p>The consumer is called on a thread of the client that does nothing else, one for each
   * timeline, so it may block, and may use the client; what it throws is logged, once only. {@link
   * TracingHttpClient#close()} waits for it.
   *
   * @param consumer takes the timelines, several at a time if calls end at the same time
   */
  public TracingHttpClientBuilder onTimeline(Consumer<? super Timeline> consumer) {
    this.onTimeline = requireNonNull(consumer, "consumer");
    return this;
  }

  /**
   * Sets whether connections are used again; true by default. If not, every request says {@code
   * Connection: close}, and {@link ClientTrace#putIdleConn} is never called.
   *
   * @param keepAlive false to use each connection for one request only
   * @return this builder
   */
  public TracingHttpClientBuilder keepAlive(boolean keepAlive) {
    this.keepAlive = keepAlive;
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
    this.maxIdleConnections = notNegative(max, "maxIdleConnections");
    return this;
  }

  /**
   * Sets how many idle connections are kept for one host (scheme, host and port); by default one
   * host may have {@linkplain #maxIdleConnections all there may be}, where Go keeps 2: requests
   * that come in bursts would otherwise dial for most of them. One more is not taken back ({@link
   * io.httptrace.IdleConnectionException.Reason#TOO_MANY_IDLE_FOR_HOST}).
   *
   * @param max at least 1; use {@link #keepAlive(boolean) keepAlive(false)} to keep none
   * @return this builder
   */
  public TracingHttpClientBuilder maxIdleConnectionsPerHost(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("maxIdleConnectionsPerHost must be at least 1: " + max);
    }
    this.maxIdleConnectionsPerHost = max;
    return this;
  }

  /**
   * Sets how many connections there may be to one host, dialling, in use or idle. Requests beyond
   * wait in order of arrival ({@link io.httptrace.ConnWaitReason#HOST_LIMIT}).
   *
   * @param max 0, the default, for no limit
   * @return this builder
   */
  public TracingHttpClientBuilder maxConnectionsPerHost(int max) {
    this.maxConnectionsPerHost = notNegative(max, "maxConnectionsPerHost");
    return this;
  }

  /**
   * Sets how long a connection may be idle before it is closed; 90 s by default.
   *
   * @param timeout zero for no limit
   * @return this builder
   */
  public TracingHttpClientBuilder idleConnectionTimeout(Duration timeout) {
    this.idleConnectionTimeout = notNegative(timeout, "idleConnectionTimeout");
    return this;
  }

  /**
   * Sets how long one TLS handshake may take; 10 s by default.
   *
   * @param timeout zero for no limit but the connect timeout
   * @return this builder
   */
  public TracingHttpClientBuilder tlsHandshakeTimeout(Duration timeout) {
    this.tlsHandshakeTimeout = notNegative(timeout, "tlsHandshakeTimeout");
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
    this.responseHeaderTimeout = notNegative(timeout, "responseHeaderTimeout");
    return this;
  }

  /**
   * Sets how long a request with {@link HttpRequest#expectContinue()} waits for {@code 100
   * Continue} before it sends its body anyway; 1 s by default (RFC 9110, section 10.1.1).
   *
   * @param timeout zero not to wait
   * @return this builder
   */
  public TracingHttpClientBuilder expectContinueTimeout(Duration timeout) {
    this.expectContinueTimeout = notNegative(timeout, "expectContinueTimeout");
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
    this.maxResponseHeaderBytes = max;
    return this;
  }

  /**
   * Sets how many informational responses may precede a final one; 5 by default. One more fails the
   * request.
   *
   * @param max 0 for no limit but {@link #maxResponseHeaderBytes}
   * @return this builder
   */
  public TracingHttpClientBuilder maxInformationalResponses(int max) {
    this.maxInformationalResponses = notNegative(max, "maxInformationalResponses");
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
    this.fallbackDelay = requireNonNull(delay, "delay");
    return this;
  }

  /**
   * Sets the resolver; by default the system's, asked on threads of its own.
   *
   * @param resolver what looks up names
   * @return this builder
   */
  public TracingHttpClientBuilder resolver(Resolver resolver) {
    this.resolver = requireNonNull(resolver, "resolver");
    return this;
  }

  /**
   * Sets whether to ask for gzip and to undo it; false by default, as the JDK's client does
   * neither. It applies to requests that have no {@code Accept-Encoding} and no {@code Range} of
   * their own and are not HEAD. A body that was undone is delivered without {@code
   * Content-Encoding} and {@code Content-Length} in the response's headers. {@code x-gzip} is gzip,
   * and gzip may be applied twice; a body in any other coding fails with a {@link
   * io.httptrace.client.errors.ResponseException}, as nobody has asked for that.
   *
   * @param compression true to ask for gzip and undo it
   * @return this builder
   */
  public TracingHttpClientBuilder compression(boolean compression) {
    this.compression = compression;
    return this;
  }

  /**
   * Sets how long a connection may take to be made: lookup, all addresses, the tunnel of a proxy,
   * and TLS together; no limit by default, but one minute for a tunnel. The time is shared out over
   * the addresses that are left.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder connectTimeout(Duration duration) {
    requireNonNull(duration, "duration");
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("Invalid duration: " + duration);
    }
    this.connectTimeout = duration;
    return this;
  }

  @Override
  public TracingHttpClientBuilder sslContext(SSLContext sslContext) {
    this.sslContext = requireNonNull(sslContext, "sslContext");
    return this;
  }

  @Override
  public TracingHttpClientBuilder sslParameters(SSLParameters sslParameters) {
    this.sslParameters = TlsParameters.copyOf(requireNonNull(sslParameters, "sslParameters"));
    return this;
  }

  /**
   * Sets who decides which peers to trust, servers and proxies alike; by default the JDK's trust
   * store. Unlike an {@link #sslContext}, which it cannot be combined with, this leaves open who
   * does TLS; see {@link #nativeTls}.
   *
   * @param trustManager is asked on threads of the client's. One that is no {@link
   *     javax.net.ssl.X509ExtendedTrustManager} does not look at names, so they are checked as well
   * @return this builder
   */
  public TracingHttpClientBuilder trustManager(X509TrustManager trustManager) {
    this.trustManager = requireNonNull(trustManager, "trustManager");
    return this;
  }

  /**
   * Sets what has the certificates by which the client makes itself known to peers that ask; by
   * default it has none. It cannot be combined with an {@link #sslContext}.
   *
   * @param keyManager is asked on threads of the client's
   * @return this builder
   */
  public TracingHttpClientBuilder keyManager(X509KeyManager keyManager) {
    this.keyManager = requireNonNull(keyManager, "keyManager");
    return this;
  }

  /**
   * Sets whether TLS may be BoringSSL's; true by default. It is if Netty's {@code
   * netty-tcnative-boringssl-static} is on the class path with the library of this system, and
   * nothing is set that only the JDK's TLS follows: an {@link #sslContext}, or another default one
   * than the JDK's; {@link #sslParameters} with other than TLS 1.2 and 1.3, one server name, the
   * algorithm {@code HTTPS} and application protocols; a {@link #keyManager} with keys that are
   * neither RSA nor of an elliptic curve for ECDSA; system properties that begin with {@code
   * jdk.tls.} or {@code javax.net.ssl.keyStore}, or {@code javax.net.debug}. Handshakes are several
   * times as fast. Which peers are trusted, versions and cipher suites that are switched off, what
   * hooks are told and the types of exceptions are the same with both. A host that the JDK takes
   * for no name, such as one with an underscore, has the JDK's in any case.
   *
   * @param allowed false for the JDK's TLS
   * @return this builder
   */
  public TracingHttpClientBuilder nativeTls(boolean allowed) {
    this.nativeTls = allowed;
    return this;
  }

  /**
   * Sets the executor of everything of the caller's: hooks, body handlers and subscribers, body
   * publishers. By default the client has daemon threads of its own, which also take what an
   * executor rejects or throws at. {@link TracingHttpClient#send} uses the caller's thread for most
   * of it.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder executor(Executor executor) {
    this.executor = requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets what gives and keeps cookies; by default there are none. It is asked before each request
   * that is sent, also one that follows a redirect or a challenge, and shown the fields of each
   * response. Its cookies and the caller's own go out in one {@code Cookie} field (RFC 6265,
   * section 5.4). It may block: it holds up its own request only. It is asked for the first time on
   * the thread that calls {@code send} or {@code sendAsync}, otherwise where hooks run. What it
   * throws fails the request.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder cookieHandler(CookieHandler cookieHandler) {
    this.cookieHandler = requireNonNull(cookieHandler, "cookieHandler");
    return this;
  }

  /**
   * Sets which redirects are followed (301, 302, 303, 307, 308); none by default. Each request that
   * follows is a round trip of its own to hooks, and a {@linkplain
   * java.net.http.HttpResponse#previousResponse previous response} to the caller.
   *
   * <p>After 301 and 302 POST becomes GET, after 303 everything but HEAD does; otherwise method and
   * body stay as they are. A request to another origin goes without {@code Authorization}, {@code
   * Cookie}, {@code Host}, {@code Origin}, {@code Referer} and their like, one that has lost its
   * body without the fields that described it. One call sends up to five requests that way, or as
   * many as the system property {@code jdk.httpclient.redirects.retrylimit} says when it begins,
   * unless {@link #maxRedirects} is set; then the redirect itself is the response. A redirect
   * without a {@code Location} that HTTP can follow fails the request with an {@link
   * java.io.IOException}.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder followRedirects(HttpClient.Redirect policy) {
    this.followRedirects = requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Sets how many redirects one call follows, if {@link #followRedirects} says that it follows any.
   * The redirect after the last one is the response. Without it the limit is that of the JDK's
   * client.
   *
   * @param max 0 to follow none
   * @return this builder
   */
  public TracingHttpClientBuilder maxRedirects(int max) {
    this.maxRedirects = notNegative(max, "maxRedirects");
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
    this.userAgent = product;
    return this;
  }

  /**
   * Sets the version of HTTP for requests that do not say it themselves ({@link
   * HttpRequest.Builder#version}); {@code HTTP_2} by default. It means that an {@code https} target
   * is offered HTTP/2 and HTTP/1.1 and chooses (ALPN, RFC 7301); an {@code http} one is spoken to
   * in HTTP/1.1, unless {@link #http2PriorKnowledge} or {@link #http2Upgrade} is set. With {@code
   * HTTP_1_1} nothing else is offered.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder version(HttpClient.Version version) {
    this.version = requireNonNull(version, "version");
    return this;
  }

  /**
   * Sets whether HTTP/2 is spoken with {@code http} targets at once, without asking whether they
   * can (RFC 9113, section 3.3); false by default. It holds for requests of version {@code HTTP_2},
   * but not through a proxy that forwards requests.
   *
   * @param http2PriorKnowledge true to speak HTTP/2 in clear text from the first byte on
   * @return this builder
   */
  public TracingHttpClientBuilder http2PriorKnowledge(boolean http2PriorKnowledge) {
    this.http2PriorKnowledge = http2PriorKnowledge;
    return this;
  }

  /**
   * Sets whether {@code http} targets are asked to go on in HTTP/2 ({@code Upgrade: h2c}, RFC 7540,
   * section 3.2), as the JDK's client does always; false by default, because RFC 9113 has done away
   * with it. It holds for requests of version {@code HTTP_2} and not through a proxy that forwards
   * requests. The first request on a connection asks if it has no body; its hooks are those of
   * HTTP/1.1 until the server has switched, and {@link ClientTrace#gotFirstResponseByte} is for the
   * first byte of the answer that says so.
   *
   * @param http2Upgrade true to offer {@code Upgrade: h2c} in clear text
   * @return this builder
   */
  public TracingHttpClientBuilder http2Upgrade(boolean http2Upgrade) {
    this.http2Upgrade = http2Upgrade;
    return this;
  }

  /**
   * Sets how long an HTTP/2 connection with requests under way may be silent before it is asked by
   * PING (RFC 9113, section 6.7) whether it is alive; 5 minutes by default, which servers that
   * count PINGs put up with. The PING comes after one to two intervals of silence; requests go on
   * using the connection meanwhile. If nothing arrives within {@link #http2PingTimeout} the
   * connection is closed. So a request without a time limit of its own ends when its connection has
   * been lost on the way.
   *
   * <p>Whatever the interval, a connection is asked at once when a request runs out of time and
   * nothing has arrived on the connection since that request was sent. Then the connection gets no
   * new requests until something arrives: they have others, and dial if need be. One whose server
   * has answered two such PINGs and no request at all gets no more, and is closed when its last
   * request has ended.
   *
   * @param interval zero not to ask for silence alone
   * @return this builder
   */
  public TracingHttpClientBuilder http2PingInterval(Duration interval) {
    this.http2PingInterval = notNegative(interval, "http2PingInterval");
    return this;
  }

  /**
   * Sets how long the answer to a PING may take, or anything else that arrives in its place; 15 s
   * by default, as in Go. Then the connection is closed, and its requests fail with an {@link
   * io.httptrace.client.errors.Http2Exception} ({@link
   * io.httptrace.client.errors.Http2Exception.Reason#PING_TIMEOUT}): they may have had an effect,
   * and are not sent once more.
   *
   * @param timeout positive
   * @see #http2PingInterval
   * @return this builder
   */
  public TracingHttpClientBuilder http2PingTimeout(Duration timeout) {
    if (notNegative(timeout, "http2PingTimeout").isZero()) {
      throw new IllegalArgumentException("http2PingTimeout must be positive: " + timeout);
    }
    this.http2PingTimeout = timeout;
    return this;
  }

  /**
   * Sets the priority of all requests of the client over HTTP/2, where a higher number is a higher
   * one. It does nothing over HTTP/1.1, and need not do anything over HTTP/2: RFC 9113, section
   * 5.3.2, takes the priorities of its predecessor back.
   *
   * @param priority 1 to 256
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder priority(int priority) {
    if (priority < 1 || priority > 256) {
      throw new IllegalArgumentException("priority must be between 1 and 256");
    }
    this.priority = priority;
    return this;
  }

  /**
   * Sets who chooses the proxies. Without it there are none, where the JDK's client asks {@link
   * ProxySelector#getDefault()}.
   *
   * <p>The selector is asked once for each request, on the thread that sends it; what it throws is
   * thrown to the caller. The first proxy of its list counts, as in the JDK's client: {@code
   * DIRECT} is none, {@code HTTP} and also {@code SOCKS} (version 5) are used. The name of a proxy
   * is looked up for each connection, even if its address is resolved. The selector is told of a
   * proxy that cannot be connected to; the request fails.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder proxy(ProxySelector proxySelector) {
    this.proxySelector = requireNonNull(proxySelector, "proxySelector");
    this.proxies = new SelectedProxies(proxySelector);
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
    this.proxySelector = null;
    this.proxies = new RoutedProxies(List.copyOf(routes));
    return this;
  }

  /**
   * Sets what gives user and password when a server (401) or an HTTP proxy (407) asks for them by
   * Basic (RFC 7617) or Digest (RFC 7616: MD5 and SHA-256, {@code qop=auth}); if it takes both,
   * Digest is used. None by default: then, or if something else is asked for, the 401 or 407 is the
   * response, and a tunnel that is refused with 407 fails the request with a {@link
   * io.httptrace.client.errors.ProxyException}. So it is if the request has an {@code
   * Authorization} or {@code Proxy-Authorization} of its own, or its {@link ProxyRoute} has
   * credentials.
   *
   * <p>The request is sent again with the answer, or the tunnel asked for again, as a round trip of
   * its own. What was accepted is remembered, for the same proxy, or for the same origin and the
   * same part of its paths only, and sent unasked from then on. What was refused is asked for anew,
   * up to three times, or as often as the system property {@code jdk.httpclient.auth.retrylimit}
   * says when the call begins. After that, or if there is no answer, or what it throws, fails the
   * request with an {@link java.io.IOException}. It may block: it holds up its own request only.
   *
   * <p>As with the JDK's client a tunnel is not asked for by Basic, unless the system property
   * {@code jdk.http.auth.tunneling.disabledSchemes} says otherwise; {@code
   * jdk.http.auth.proxying.disabledSchemes} does the same for requests that a proxy reads.
   *
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder authenticator(Authenticator authenticator) {
    this.authenticator = requireNonNull(authenticator, "authenticator");
    return this;
  }

  /**
   * Sets the local address all connections are made from, also those to proxies; any port of it. By
   * default the system chooses. An address that is not of this machine, or not of the target's
   * family, fails the request with a {@link java.net.ConnectException}: a target that has addresses
   * of both families is reached by those of the same one. Hooks are told the local address by
   * {@link io.httptrace.ConnectionInfo#localAddress()}.
   *
   * @param localAddress null for the system's choice
   * @return this builder
   */
  @Override
  public TracingHttpClientBuilder localAddress(@Nullable InetAddress localAddress) {
    this.localAddress = localAddress;
    return this;
  }

  /**
   * {@return a client}
   *
   * @throws IllegalStateException if the Netty that is there is not one the client can run on: 4.2,
   *     the same for all its jars
   */
  @Override
  public TracingHttpClient build() {
    NettyVersion.check();
    return new TracingHttpClient(this);
  }

  private static int notNegative(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  private static Duration notNegative(Duration value, String name) {
    requireNonNull(value, name);
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  /** {@return some of the settings} */
  @Override
  public String toString() {
    return "TracingHttpClientBuilder[version="
        + version
        + " followRedirects="
        + followRedirects
        + " maxConnectionsPerHost="
        + maxConnectionsPerHost
        + " keepAlive="
        + keepAlive
        + "]";
  }
}
