package io.httptrace.client;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.connect.DialSettings;
import io.httptrace.client.exchange.ExchangeSettings;
import io.httptrace.client.followups.Policies;
import io.httptrace.client.http.UserAgent;
import io.httptrace.client.http2.Http2Config;
import io.httptrace.client.pool.PoolLimits;
import io.httptrace.client.request.RequestDefaults;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.ProxyFinder;
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
 * The settings of a client, and what its parts are to know of them.
 *
 * <p>{@link TracingHttpClientBuilder} writes to one of its own, and documents each setting. A
 * client has a {@linkplain #copy copy}, which nobody writes to.
 */
final class ClientConfig implements Cloneable {
  /** No limit in time. */
  private static final Duration NONE = Duration.ZERO;

  // What observes requests and connections.
  @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> clientTrace;
  @Nullable Consumer<? super Timeline> onTimeline;
  @Nullable ConnectionListener connectionListener;

  // Requests, and what follows a response.
  HttpClient.Version version = HttpClient.Version.HTTP_2;
  boolean http2PriorKnowledge;
  boolean http2Upgrade;
  String userAgent = UserAgent.DEFAULT;
  boolean compression;
  HttpClient.Redirect followRedirects = HttpClient.Redirect.NEVER;
  int maxRedirects = -1;
  @Nullable CookieHandler cookieHandler;
  @Nullable Authenticator authenticator;
  @Nullable ProxySelector proxySelector;
  ProxyFinder proxies = ProxyFinder.NONE;
  @Nullable Executor executor;

  // Exchanges.
  Duration responseHeaderTimeout = NONE;
  Duration expectContinueTimeout = Duration.ofSeconds(1);
  int maxResponseHeaderBytes = JdkProperties.maxResponseHeaderBytes(1 << 20);
  int maxInformationalResponses = JdkProperties.maxInformationalResponses(5);
  Duration http2PingInterval = Duration.ofMinutes(5);
  Duration http2PingTimeout = Duration.ofSeconds(15);

  // The pool.
  boolean keepAlive = true;
  int maxIdleConnections = JdkProperties.maxIdleConnections(100);
  int maxIdleConnectionsPerHost;
  int maxConnectionsPerHost;
  Duration idleConnectionTimeout = JdkProperties.idleTimeout(Duration.ofSeconds(90));

  // New connections.
  @Nullable Resolver resolver;
  String resolverName = "system";
  @Nullable InetAddress localAddress;
  UnaryOperator<InetSocketAddress> destinations = UnaryOperator.identity();
  @Nullable Duration connectTimeout;
  Duration fallbackDelay = Duration.ofMillis(300);
  Duration tlsHandshakeTimeout = Duration.ofSeconds(10);
  @Nullable SSLContext sslContext;
  @Nullable SSLParameters sslParameters;
  @Nullable X509TrustManager trustManager;
  @Nullable X509KeyManager keyManager;
  boolean nativeTls = true;

  /** The clock of a test, if there is one. */
  @Nullable Clock clock;

  /** {@return the same settings, for a client} */
  ClientConfig copy() {
    try {
      return (ClientConfig) clone(); // all values are immutable, or the caller's
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  PoolLimits poolLimits() {
    return new PoolLimits(
        maxIdleConnections,
        maxIdleConnectionsPerHost,
        maxConnectionsPerHost,
        Clock.nanos(idleConnectionTimeout),
        keepAlive);
  }

  DialSettings dialSettings(Clock timers) {
    return new DialSettings(
        connectTimeout == null ? 0 : Clock.nanos(connectTimeout),
        fallbackDelay.isNegative() ? -1 : Clock.nanos(fallbackDelay),
        Clock.nanos(tlsHandshakeTimeout),
        new Http2Config(
            timers,
            maxResponseHeaderBytes,
            Clock.nanos(http2PingInterval),
            Clock.nanos(http2PingTimeout)),
        userAgent);
  }

  ExchangeSettings exchangeSettings() {
    return new ExchangeSettings(
        Clock.nanos(expectContinueTimeout),
        Clock.nanos(responseHeaderTimeout),
        maxInformationalResponses,
        maxResponseHeaderBytes);
  }

  RequestDefaults requestDefaults() {
    return new RequestDefaults(
        keepAlive,
        compression,
        userAgent.isEmpty() ? List.of() : List.of(userAgent),
        version,
        clearText());
  }

  private HttpVersions clearText() {
    if (http2PriorKnowledge) {
      return HttpVersions.HTTP_2_PRIOR_KNOWLEDGE;
    }
    return http2Upgrade ? HttpVersions.HTTP_2_BY_UPGRADE : HttpVersions.HTTP_1_1;
  }

  Policies policies() {
    return new Policies(followRedirects, maxRedirects, cookieHandler, authenticator);
  }

  // ---- What may be set ----

  static int notNegative(int value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  static Duration notNegative(Duration value, String name) {
    requireNonNull(value, name);
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  @Override
  public String toString() {
    return "[version="
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
