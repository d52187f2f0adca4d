package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.ClientFactoryOptions;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ClientRequestContextCaptor;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.RequestOptionsBuilder;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.client.encoding.DecodingClient;
import com.linecorp.armeria.client.proxy.ProxyConfig;
import com.linecorp.armeria.client.redirect.RedirectConfig;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.SplitHttpResponse;
import com.linecorp.armeria.common.encoding.StreamDecoderFactory;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TlsEngineType;
import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.body.PublishedBody;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.server.TestCertificate;
import io.netty.channel.EventLoopGroup;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;

/** Armeria with the adapter, as the scenarios see it. */
final class ArmeriaUnderTest implements ClientUnderTest {
  /** Long enough for a handshake on a slow machine, and shorter than a scenario waits. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  /**
   * Each event loop has a pool of its own, and Armeria may choose another one when it has learnt
   * that a server does not speak HTTP/2.
   */
  private static final EventLoopGroup LOOP =
      EventLoopGroups.newEventLoopGroup(1, "armeria-common-scenarios", true);

  @Override
  public String name() {
    return "Armeria";
  }

  @Override
  public HookSupport support() {
    return ArmeriaTracing.hookSupport();
  }

  @Override
  public HookSupport supportOverHttp2() {
    return ArmeriaSupports.usual(false);
  }

  @Override
  public Capabilities capabilities() {
    return ArmeriaDifferences.capabilities();
  }

  @Override
  public List<MaskedArgument> maskedArguments() {
    return ArmeriaDifferences.maskedArguments();
  }

  @Override
  public List<Deviation> deviations() {
    return ArmeriaDifferences.deviations();
  }

  @Override
  public ErrorClassifier errors() {
    return ArmeriaTestErrors.CLASSIFIER.orElse(ErrorClassifier.standard());
  }

  @Override
  public List<SharedThread> sharedThreads() {
    return List.of(
        SharedThread.named("armeria-common-", "Armeria's common event loops and task executor"),
        SharedThread.named("ForkJoinPool.commonPool", "Armeria's caches are tidied there"));
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    ClientFactory factory = factory(settings);
    WebClientBuilder builder =
        ArmeriaTracing.create()
            .install(
                WebClient.builder()
                    .factory(factory)
                    .responseTimeoutMillis(0)
                    .writeTimeoutMillis(0)
                    .maxResponseLength(0));
    if (settings.compression()) {
      builder.decorator(DecodingClient.newDecorator(StreamDecoderFactory.gzip()));
    }
    if (settings.followRedirects()) {
      builder.followRedirects(
          RedirectConfig.builder()
              .allowAllDomains()
              .allowProtocols(SessionProtocol.HTTP, SessionProtocol.HTTPS)
              .build());
    }
    return new Open(factory, builder.build(), settings);
  }

  private static ClientFactory factory(ClientSettings settings) {
    ClientFactoryBuilder builder = ClientFactory.builder();
    ClientFactoryOptions own =
        settings.names() == null
            ? ClientFactoryOptions.of()
            : ClientFactoryOptions.of(
                ClientFactoryOptions.ADDRESS_RESOLVER_GROUP_FACTORY.newValue(
                    group -> new TestResolvers(settings.names(), settings.connectTimeout())));
    ArmeriaTracing.create().install(builder, own);
    builder
        .workerGroup(LOOP, false)
        .preferHttp1(!settings.http2())
        .connectTimeout(CONNECT_TIMEOUT)
        .idleTimeoutMillis(0);
    apply(settings.connectTimeout(), builder::connectTimeout);
    apply(settings.idleConnectionTimeout(), builder::idleTimeout);
    settings.maxResponseHeaderBytes().ifPresent(most -> builder.http1MaxHeaderSize((int) most));
    if (settings.insecure()) {
      builder.tlsNoVerify();
    } else if (settings.sslContext() != null) {
      TrustManager trust = TestCertificate.trusting();
      builder.tlsCustomizer(tls -> tls.trustManager(trust));
    }
    if (settings.tlsSessionCache()) {
      builder.tlsEngineType(TlsEngineType.JDK); // OpenSSL's resumes none unless told to.
    }
    apply(settings.proxy(), proxy -> builder.proxyConfig(proxy(proxy)));
    return builder.build();
  }

  private static ProxyConfig proxy(URI proxy) {
    InetSocketAddress address = new InetSocketAddress(proxy.getHost(), proxy.getPort());
    String[] user = proxy.getUserInfo() == null ? null : proxy.getUserInfo().split(":", 2);
    boolean tls = proxy.getScheme().equals("https");
    if (proxy.getScheme().startsWith("socks")) {
      return user == null
          ? ProxyConfig.socks5(address)
          : ProxyConfig.socks5(address, user[0], user[1]);
    }
    return user == null
        ? ProxyConfig.connect(address, tls)
        : ProxyConfig.connect(address, user[0], user[1], tls);
  }

  private static <T> void apply(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private record Open(ClientFactory factory, WebClient client, ClientSettings settings)
      implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      RequestHeadersBuilder headers =
          RequestHeaders.builder(HttpMethod.valueOf(request.method()), request.uri().toString());
      request.headers().forEach(header -> headers.add(header.name(), header.value()));
      if (request.expectContinue() && request.body() != null) { // refused without a body
        headers.add(HttpHeaderNames.EXPECT, "100-continue");
      }
      if (!settings.keepAlive()) {
        headers.set(HttpHeaderNames.CONNECTION, "close");
      }
      // Armeria does not tell its caller which version a response has.
      AtomicReference<String> version = new AtomicReference<>("");
      ClientTrace trace =
          ClientTrace.builder().gotResponse(info -> version.set(info.protocol())).build();
      RequestOptionsBuilder options =
          RequestOptions.builder()
              .attr(
                  ArmeriaTracing.CLIENT_TRACE,
                  TraceContext.empty()
                      .withClientTrace(trace)
                      .withClientTrace(request.trace())
                      .clientTrace());
      apply(
          request.timeout(),
          limit ->
              options.responseTimeout(limit).responseTimeoutMode(ResponseTimeoutMode.FROM_START));
      return new Sent(client, message(headers, request.body()), options.build(), version);
    }

    private static HttpRequest message(RequestHeadersBuilder headers, @Nullable RequestBody body) {
      if (body == null) {
        return HttpRequest.of(headers.build());
      }
      if (body.length() >= 0) {
        headers.contentLength(body.length());
      }
      return HttpRequest.of(
          headers.build(),
          StreamMessage.of(FlowAdapters.toPublisher(body.publisher())).map(Open::data));
    }

    private static HttpData data(ByteBuffer buffer) {
      byte[] content = new byte[buffer.remaining()];
      buffer.get(content);
      return HttpData.wrap(content);
    }

    @Override
    public void closeIdleConnections() {
      throw new UnsupportedOperationException("it lacks CLOSE_IDLE_CONNECTIONS");
    }

    @Override
    public void close() {
      factory.close();
    }
  }

  private static final class Sent implements ClientCall {
    private final WebClient client;
    private final HttpRequest request;
    private final RequestOptions options;
    private final AtomicReference<String> version;
    private final CompletableFuture<ClientRequestContext> context = new CompletableFuture<>();

    Sent(
        WebClient client,
        HttpRequest request,
        RequestOptions options,
        AtomicReference<String> version) {
      this.client = client;
      this.request = request;
      this.options = options;
      this.version = version;
    }

    @Override
    public ClientResponse send() throws Exception {
      HttpResponse response;
      try (ClientRequestContextCaptor captor = Clients.newContextCaptor()) {
        response = client.execute(request, options);
        context.complete(captor.get());
      }
      SplitHttpResponse split = response.split();
      ResponseHeaders head = split.headers().get();
      StreamMessage<List<ByteBuffer>> body =
          split.body().map(data -> List.of(ByteBuffer.wrap(data.array())));
      return new ClientResponse(
          head.status().code(),
          version.get().equals("HTTP/2") ? "HTTP/2.0" : version.get(),
          new FilterInputStream(PublishedBody.of(FlowAdapters.toFlowPublisher(body))) {
            @Override
            public void close() throws IOException {
              super.close();
              body.abort(); // It may not have been subscribed to yet.
            }
          });
    }

    @Override
    public void cancel() {
      context.thenAccept(ClientRequestContext::cancel);
    }
  }
}
