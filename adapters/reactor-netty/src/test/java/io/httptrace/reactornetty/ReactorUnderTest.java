package io.httptrace.reactornetty;

import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.error.ErrorClassifier;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.ProxyProvider;

/** Reactor Netty with the adapter, as the scenarios see it. */
final class ReactorUnderTest implements ClientUnderTest {
  @Override
  public String name() {
    return "Reactor Netty";
  }

  @Override
  public HookSupport support() {
    return ReactorNettyTracing.hookSupport();
  }

  @Override
  public HookSupport supportOverHttp2() {
    return ReactorNettyTracing.hookSupportOverHttp2();
  }

  @Override
  public Capabilities capabilities() {
    return ReactorDifferences.capabilities();
  }

  @Override
  public List<MaskedArgument> maskedArguments() {
    return ReactorDifferences.maskedArguments();
  }

  @Override
  public List<Deviation> deviations() {
    return ReactorDifferences.deviations();
  }

  @Override
  public ErrorClassifier errors() {
    return ReactorErrors.CLASSIFIER.orElse(ErrorClassifier.standard());
  }

  @Override
  public List<SharedThread> sharedThreads() {
    return List.of(
        SharedThread.named("reactor-http-", "all clients share event loops that are not ended"),
        SharedThread.named(
            "reactor-netty-pool-maintenance", "all pools that look for old connections share them"),
        SharedThread.named("parallel-", "Reactor has one set of threads for timers"),
        SharedThread.named("boundedElastic-", "Reactor has one set of threads that may block"));
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    QuietLog.on();
    ConnectionProvider provider = provider(settings);
    return new Open(
        ReactorNettyTracing.create().install(client(settings, provider)),
        provider,
        ConcurrentHashMap.newKeySet());
  }

  private static ConnectionProvider provider(ClientSettings settings) {
    if (!settings.keepAlive()) {
      return ConnectionProvider.newConnection();
    }
    ConnectionProvider.Builder builder =
        ConnectionProvider.builder("under-test")
            .maxConnections(settings.maxConnectionsPerHost().orElse(100));
    Duration idle = settings.idleConnectionTimeout();
    if (idle != null) {
      builder.maxIdleTime(idle).evictInBackground(idle);
    }
    return builder.build();
  }

  private static HttpClient client(ClientSettings settings, ConnectionProvider provider) {
    HttpClient client =
        HttpClient.create(provider)
            .noProxy()
            // Otherwise it connects again if TLS is reset.
            .disableRetry(true)
            .compress(settings.compression())
            .followRedirect(settings.followRedirects())
            .protocol(
                settings.http2()
                    ? new HttpProtocol[] {HttpProtocol.H2, HttpProtocol.HTTP11}
                    : new HttpProtocol[] {HttpProtocol.HTTP11});
    Duration connect = settings.connectTimeout();
    if (connect != null) {
      client = client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connect.toMillis());
    }
    Duration head = settings.responseHeaderTimeout();
    if (head != null) {
      client = client.responseTimeout(head);
    }
    if (settings.maxResponseHeaderBytes().isPresent()) {
      int limit = (int) settings.maxResponseHeaderBytes().getAsLong();
      client = client.httpResponseDecoder(spec -> spec.maxHeaderSize(limit));
    }
    if (settings.names() != null) {
      client = client.resolver(new NamesResolver(settings.names(), connect));
    }
    if (settings.sslContext() != null) {
      client = client.secure(spec -> secure(spec, settings));
    }
    URI proxy = settings.proxy();
    return proxy == null ? client : client.proxy(spec -> proxy(spec, proxy));
  }

  private static void secure(SslProvider.SslContextSpec spec, ClientSettings settings) {
    SslProvider.Builder builder = spec.sslContext(context(settings));
    Duration handshake = settings.tlsHandshakeTimeout();
    if (handshake != null) {
      builder.handshakeTimeout(handshake);
    }
  }

  private static SslContext context(ClientSettings settings) {
    ApplicationProtocolConfig protocols =
        settings.http2()
            ? new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                "h2",
                "http/1.1")
            : ApplicationProtocolConfig.DISABLED;
    return new JdkSslContext(
        settings.sslContext(),
        true,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        protocols,
        ClientAuth.NONE,
        null,
        false);
  }

  private static void proxy(ProxyProvider.TypeSpec spec, URI proxy) {
    boolean socks = proxy.getScheme().startsWith("socks");
    ProxyProvider.Builder builder =
        spec.type(socks ? ProxyProvider.Proxy.SOCKS5 : ProxyProvider.Proxy.HTTP)
            .host(proxy.getHost())
            .port(proxy.getPort());
    String user = proxy.getUserInfo();
    if (user != null) {
      String[] parts = user.split(":", 2);
      builder.username(parts[0]).password(unused -> parts[1]);
    }
  }

  private record Open(HttpClient client, ConnectionProvider provider, Set<InetSocketAddress> used)
      implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      URI uri = request.uri();
      used.add(InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
      return new ReactorSentCall(client, request);
    }

    @Override
    public void closeIdleConnections() {
      used.forEach(provider::disposeWhen);
    }

    @Override
    public void close() {
      @Nullable Void unused = provider.disposeLater().block();
    }
  }
}
