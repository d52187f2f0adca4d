package io.httptrace.asynchttpclient;

import io.httptrace.conformance.ClientSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Realm;
import org.asynchttpclient.netty.ssl.DefaultSslEngineFactory;
import org.asynchttpclient.proxy.ProxyServer;
import org.asynchttpclient.proxy.ProxyType;
import org.jspecify.annotations.Nullable;

/** Configurations for tests. */
final class AhcTestConfig {
  static final String IO_THREADS = "test-io";

  private static final Duration LONG = Duration.ofMinutes(10);

  /**
   * The threads of all clients. A client that ends its own may leave connections open: Netty can
   * end a thread before it has closed them.
   */
  private static final EventLoopGroup IO = ioThreads(2);

  private AhcTestConfig() {}

  @SuppressWarnings("deprecation") // Of this kind of group all versions know what to make of it.
  static EventLoopGroup ioThreads(int count) {
    return new NioEventLoopGroup(count, new DefaultThreadFactory(IO_THREADS, true));
  }

  /** {@return one of two threads, that does not run out of time} */
  static DefaultAsyncHttpClientConfig.Builder quick() {
    return new DefaultAsyncHttpClientConfig.Builder()
        .setEventLoopGroup(IO)
        .setConnectTimeout(LONG)
        .setHandshakeTimeout(Math.toIntExact(LONG.toMillis()))
        .setRequestTimeout(LONG)
        .setReadTimeout(LONG);
  }

  /** {@return whether this version speaks HTTP/2} */
  static boolean hasHttp2() {
    try {
      AsyncHttpClientConfig.class.getMethod("isHttp2Enabled");
      return true;
    } catch (NoSuchMethodException older) {
      return false;
    }
  }

  /** {@return the configuration for a scenario, with the adapter} */
  static AsyncHttpClientConfig of(ClientSettings settings) {
    DefaultAsyncHttpClientConfig.Builder builder =
        quick()
            // It repeats what the recordings do not repeat, too: see RetryTest.
            .setMaxRequestRetry(0)
            .setFollowRedirect(settings.followRedirects())
            .setKeepAlive(settings.keepAlive())
            .setCompressionEnforced(settings.compression());
    apply(settings.connectTimeout(), builder::setConnectTimeout);
    apply(
        settings.tlsHandshakeTimeout(),
        limit -> builder.setHandshakeTimeout(Math.toIntExact(limit.toMillis())));
    apply(settings.responseHeaderTimeout(), builder::setReadTimeout);
    apply(
        settings.idleConnectionTimeout(),
        limit ->
            builder
                .setPooledConnectionIdleTimeout(limit)
                .setConnectionPoolCleanerPeriod(Duration.ofMillis(20)));
    settings
        .maxResponseHeaderBytes()
        .ifPresent(limit -> builder.setHttpClientCodecMaxHeaderSize(Math.toIntExact(limit)));
    apply(settings.sslContext(), tls -> setTls(builder, tls, settings));
    apply(settings.proxy(), proxy -> builder.setProxyServer(proxy(proxy)));
    if (hasHttp2()) {
      Http2Setting.set(builder, settings.http2());
    }
    return AsyncHttpClientTracing.create().install(builder).build();
  }

  /** Apart, because older versions do not have it. */
  private static final class Http2Setting {
    static void set(DefaultAsyncHttpClientConfig.Builder builder, boolean enabled) {
      builder.setHttp2Enabled(enabled);
    }
  }

  static void setTls(
      DefaultAsyncHttpClientConfig.Builder builder, SSLContext tls, ClientSettings settings) {
    setTls(builder, tls, settings.http2(), !settings.insecure());
  }

  /** Sets TLS. */
  static void setTls(
      DefaultAsyncHttpClientConfig.Builder builder,
      SSLContext tls,
      boolean http2,
      boolean checksNames) {
    String[] protocols = http2 ? new String[] {"h2", "http/1.1"} : new String[] {"http/1.1"};
    builder
        .setSslContext(
            new JdkSslContext(
                tls,
                true,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    protocols),
                ClientAuth.NONE,
                null,
                false))
        .setSslEngineFactory(new Engines(checksNames));
  }

  /** A context that is passed in is taken as it is: names are not checked. */
  private static final class Engines extends DefaultSslEngineFactory {
    private final boolean checksNames;

    Engines(boolean checksNames) {
      this.checksNames = checksNames;
    }

    @Override
    protected void configureSslEngine(SSLEngine sslEngine, AsyncHttpClientConfig config) {
      super.configureSslEngine(sslEngine, config);
      SSLParameters parameters = sslEngine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(checksNames ? "HTTPS" : "");
      sslEngine.setSSLParameters(parameters);
    }
  }

  private static ProxyServer proxy(URI uri) {
    ProxyType type =
        switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
          case "https" -> ProxyType.valueOf("HTTPS");
          case "socks5", "socks" -> ProxyType.SOCKS_V5;
          default -> ProxyType.HTTP;
        };
    ProxyServer.Builder proxy =
        new ProxyServer.Builder(uri.getHost(), uri.getPort())
            .setSecuredPort(uri.getPort())
            .setProxyType(type);
    if (uri.getUserInfo() != null) {
      String[] user = uri.getUserInfo().split(":", 2);
      proxy.setRealm(
          new Realm.Builder(user[0], user[1])
              .setScheme(Realm.AuthScheme.BASIC)
              .setUsePreemptiveAuth(true));
    }
    return proxy.build();
  }

  private static <T> void apply(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}
