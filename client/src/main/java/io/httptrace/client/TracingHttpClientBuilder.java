package io.httptrace.client;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.client.call.ProxyChoice;
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
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link TracingHttpClient}: everything {@link HttpClient.Builder} can set, and the
 * settings of Go's transport.
 *
 * <p>Each method returns this builder. It is not safe for use by several threads.
 *
 * <p>What this client cannot do yet is refused by {@link #build()} with an {@link
 * UnsupportedOperationException} that names it: HTTP/2, redirects, cookies, authentication, a local
 * address, HTTP/2 priority.
 */
public final class TracingHttpClientBuilder implements HttpClient.Builder {
  /** No limit in time. */
  private static final Duration NONE = Duration.ZERO;

  private final List<String> unsupported = new ArrayList<>();

  @Nullable Duration connectTimeout;
  @Nullable SSLContext sslContext;
  @Nullable SSLParameters sslParameters;
  @Nullable Executor executor;
  @Nullable Resolver resolver;
  @Nullable ProxySelector proxySelector;
  ProxyChoice proxies = ProxyChoice.NONE;
  @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> clientTrace;
  boolean keepAlive = true;
  boolean compression;
  int maxIdleConnections = 100;
  int maxIdleConnectionsPerHost = 32;
  int maxConnectionsPerHost;
  int maxResponseHeaderBytes = 1 << 20;
  int maxInformationalResponses = 5;
  Duration idleConnectionTimeout = Duration.ofSeconds(90);
  Duration tlsHandshakeTimeout = Duration.ofSeconds(10);
  Duration responseHeaderTimeout = NONE;
  Duration expectContinueTimeout = Duration.ofSeconds(1);
  Duration fallbackDelay = Duration.ofMillis(300);

  TracingHttpClientBuilder() {}

  /**
   * Sets the trace of every request of the client. A trace of the request itself and of the current
   * {@link io.httptrace.TraceContext} are called before it.
   *
   * @param trace called once for each request on the caller's thread; gives its trace, or null for
   *     none. What it throws fails the request.
   */
  public TracingHttpClientBuilder clientTrace(
      Function<? super HttpRequest, ? extends @Nullable ClientTrace> trace) {
    this.clientTrace = requireNonNull(trace, "trace");
    return this;
  }

  /**
   * Sets whether connections are used again; true by default. If not, every request says {@code
   * Connection: close}, and {@link ClientTrace#putIdleConn} is never called.
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
   */
  public TracingHttpClientBuilder maxIdleConnections(int max) {
    this.maxIdleConnections = notNegative(max, "maxIdleConnections");
    return this;
  }

  /**
   * Sets how many idle connections are kept for one host (scheme, host and port); 32 by default,
   * where Go has 2: a burst of requests by more than two threads would otherwise dial for most of
   * them. One more is not taken back ({@link
   * io.httptrace.IdleConnectionException.Reason#TOO_MANY_IDLE_FOR_HOST}).
   *
   * @param max at least 1; use {@link #keepAlive(boolean) keepAlive(false)} to keep none
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
   */
  public TracingHttpClientBuilder maxConnectionsPerHost(int max) {
    this.maxConnectionsPerHost = notNegative(max, "maxConnectionsPerHost");
    return this;
  }

  /**
   * Sets how long a connection may be idle before it is closed; 90 s by default.
   *
   * @param timeout zero for no limit
   */
  public TracingHttpClientBuilder idleConnectionTimeout(Duration timeout) {
    this.idleConnectionTimeout = notNegative(timeout, "idleConnectionTimeout");
    return this;
  }

  /**
   * Sets how long one TLS handshake may take; 10 s by default.
   *
   * @param timeout zero for no limit but the connect timeout
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
   */
  public TracingHttpClientBuilder fallbackDelay(Duration delay) {
    this.fallbackDelay = requireNonNull(delay, "delay");
    return this;
  }

  /** Sets the resolver; by default the system's, asked on threads of its own. */
  public TracingHttpClientBuilder resolver(Resolver resolver) {
    this.resolver = requireNonNull(resolver, "resolver");
    return this;
  }

  /**
   * Sets whether to ask for gzip and to undo it; false by default, as the JDK's client does
   * neither. It applies to requests that have no {@code Accept-Encoding} and no {@code Range} of
   * their own and are not HEAD. A body that was undone is delivered without {@code
   * Content-Encoding} and {@code Content-Length} in the response's headers.
   */
  public TracingHttpClientBuilder compression(boolean compression) {
    this.compression = compression;
    return this;
  }

  /**
   * Sets how long a connection may take to be made: lookup, all addresses, the tunnel of a proxy,
   * and TLS together; no limit by default, but one minute for a tunnel. The time is shared out over
   * the addresses that are left.
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
    this.sslParameters = SslParametersCopy.of(requireNonNull(sslParameters, "sslParameters"));
    return this;
  }

  /**
   * Sets the executor of everything of the caller's: hooks, body handlers and subscribers, body
   * publishers. By default the client has daemon threads of its own. {@link TracingHttpClient#send}
   * uses the caller's thread for most of it.
   */
  @Override
  public TracingHttpClientBuilder executor(Executor executor) {
    this.executor = requireNonNull(executor, "executor");
    return this;
  }

  @Override
  public TracingHttpClientBuilder cookieHandler(CookieHandler cookieHandler) {
    requireNonNull(cookieHandler, "cookieHandler");
    unsupported.add("cookieHandler");
    return this;
  }

  @Override
  public TracingHttpClientBuilder followRedirects(HttpClient.Redirect policy) {
    requireNonNull(policy, "policy");
    unsupported.remove("followRedirects");
    if (policy != HttpClient.Redirect.NEVER) {
      unsupported.add("followRedirects");
    }
    return this;
  }

  @Override
  public TracingHttpClientBuilder version(HttpClient.Version version) {
    requireNonNull(version, "version");
    unsupported.remove("version HTTP_2");
    if (version != HttpClient.Version.HTTP_1_1) {
      unsupported.add("version HTTP_2");
    }
    return this;
  }

  @Override
  public TracingHttpClientBuilder priority(int priority) {
    if (priority < 1 || priority > 256) {
      throw new IllegalArgumentException("priority must be between 1 and 256");
    }
    unsupported.add("priority");
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
   */
  public TracingHttpClientBuilder proxy(ProxyRoute first, ProxyRoute... others) {
    List<ProxyRoute> routes = new ArrayList<>(List.of(others));
    routes.add(0, requireNonNull(first, "first"));
    this.proxySelector = null;
    this.proxies = new RoutedProxies(List.copyOf(routes));
    return this;
  }

  @Override
  public TracingHttpClientBuilder authenticator(Authenticator authenticator) {
    requireNonNull(authenticator, "authenticator");
    unsupported.add("authenticator");
    return this;
  }

  /**
   * Sets the local address to connect from; not supported so far.
   *
   * @param localAddress null for the system's choice
   */
  // Overrides HttpClient.Builder.localAddress, which JDK 19 added.
  @SuppressWarnings("MissingOverride")
  public TracingHttpClientBuilder localAddress(@Nullable InetAddress localAddress) {
    unsupported.remove("localAddress");
    if (localAddress != null) {
      unsupported.add("localAddress");
    }
    return this;
  }

  /**
   * {@return a client}
   *
   * @throws UnsupportedOperationException if something was set that the client cannot do yet; the
   *     message names it
   */
  @Override
  public TracingHttpClient build() {
    if (!unsupported.isEmpty()) {
      throw new UnsupportedOperationException(
          "not supported yet: " + String.join(", ", unsupported));
    }
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
}
