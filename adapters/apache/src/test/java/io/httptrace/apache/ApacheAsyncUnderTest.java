package io.httptrace.apache;

import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.error.ErrorClassifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The asynchronous client with the adapter, as the scenarios see it. */
final class ApacheAsyncUnderTest implements ClientUnderTest {
  @Override
  public String name() {
    return "Apache HttpClient, async";
  }

  @Override
  public HookSupport support() {
    return ApacheTracing.asyncHookSupport();
  }

  @Override
  public Capabilities capabilities() {
    return ApacheAsyncDifferences.capabilities();
  }

  @Override
  public List<Deviation> deviations() {
    return ApacheAsyncDifferences.deviations();
  }

  @Override
  public ErrorClassifier errors() {
    return ApacheErrors.CLASSIFIER.orElse(ErrorClassifier.standard());
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    AtomicReference<PoolingAsyncClientConnectionManager> pool = new AtomicReference<>();
    HttpAsyncClientBuilder builder =
        ApacheTracing.create()
            .install(
                HttpAsyncClients.custom()
                    // Before the adapter, which is then through with a response before this.
                    .addExecInterceptorFirst("end", StreamedResponse::interceptor),
                made -> {
                  pool.set(settings(made, settings).build());
                  return pool.get();
                });
    RequestConfig.Builder requests =
        RequestConfig.custom().setProtocolUpgradeEnabled(false).setContentCompressionEnabled(false);
    apply(settings.responseHeaderTimeout(), limit -> requests.setResponseTimeout(of(limit)));
    builder
        .setDefaultRequestConfig(requests.build())
        .setRetryStrategy(new RetriesOfGo())
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(2).build());
    if (!settings.followRedirects()) {
      builder.disableRedirectHandling();
    }
    apply(
        settings.expectContinueTimeout(),
        limit ->
            builder.setHttp1Config(
                Http1Config.custom().setWaitForContinueTimeout(of(limit)).build()));
    apply(
        settings.idleConnectionTimeout(),
        limit -> builder.evictIdleConnections(TimeValue.ofMilliseconds(limit.toMillis())));
    ProxyToUse proxy = ProxyToUse.of(settings.proxy());
    if (proxy != null) {
      builder.setProxy(proxy.host()).setDefaultCredentialsProvider(proxy.credentials());
    }
    CloseableHttpAsyncClient client = builder.build();
    client.start();
    return new Open(client, pool.get(), settings.keepAlive(), proxy);
  }

  private static PoolingAsyncClientConnectionManagerBuilder settings(
      PoolingAsyncClientConnectionManagerBuilder pool, ClientSettings settings) {
    ConnectionConfig.Builder connections = ConnectionConfig.custom();
    apply(settings.connectTimeout(), limit -> connections.setConnectTimeout(of(limit)));
    pool.setDefaultConnectionConfig(connections.build());
    TlsConfig.Builder tls =
        TlsConfig.custom()
            .setVersionPolicy(
                settings.http2() ? HttpVersionPolicy.NEGOTIATE : HttpVersionPolicy.FORCE_HTTP_1);
    apply(settings.tlsHandshakeTimeout(), limit -> tls.setHandshakeTimeout(of(limit)));
    pool.setDefaultTlsConfig(tls.build()).setMessageMultiplexing(settings.http2());
    SSLContext context = settings.sslContext();
    if (context != null) {
      pool.setTlsStrategy(
          settings.insecure()
              ? new DefaultClientTlsStrategy(
                  context, HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE)
              : new DefaultClientTlsStrategy(context));
    }
    apply(settings.names(), names -> pool.setDnsResolver(new ScenarioNames(names)));
    settings.maxConnectionsPerHost().ifPresent(pool::setMaxConnPerRoute);
    return pool;
  }

  private static Timeout of(Duration limit) {
    return Timeout.ofMilliseconds(limit.toMillis());
  }

  private static <T> void apply(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private record Open(
      CloseableHttpAsyncClient client,
      PoolingAsyncClientConnectionManager pool,
      boolean keepAlive,
      @Nullable ProxyToUse proxy)
      implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      BasicHttpRequest sent = new BasicHttpRequest(request.method(), request.uri());
      request.headers().forEach(h -> sent.addHeader(h.name(), h.value()));
      if (!keepAlive) {
        sent.addHeader("Connection", "close");
      }
      HttpClientContext context = HttpClientContext.create();
      if (request.expectContinue()) {
        sent.addHeader("Expect", "100-continue");
      }
      if (proxy != null) {
        proxy.inAdvance(context);
      }
      context.setAttribute(ApacheTracing.CLIENT_TRACE, request.trace());
      BasicRequestProducer producer =
          new BasicRequestProducer(
              sent, request.body() == null ? null : new PublishedEntity(request.body()));
      return new Sent(client, producer, context);
    }

    @Override
    public void closeIdleConnections() {
      pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }

    @Override
    public void close() {
      client.close(CloseMode.GRACEFUL);
    }
  }

  private static final class Sent implements ClientCall {
    private final CloseableHttpAsyncClient client;
    private final BasicRequestProducer producer;
    private final HttpClientContext context;
    private final AtomicReference<@Nullable Future<?>> sent = new AtomicReference<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    Sent(
        CloseableHttpAsyncClient client, BasicRequestProducer producer, HttpClientContext context) {
      this.client = client;
      this.producer = producer;
      this.context = context;
    }

    @Override
    public ClientResponse send() throws Exception {
      StreamedResponse response = new StreamedResponse(this::cancel);
      response.in(context);
      sent.set(client.execute(producer, response, null, context, response));
      if (cancelled.get()) {
        cancel();
      }
      return response.head();
    }

    @Override
    public void cancel() {
      cancelled.set(true);
      Future<?> future = sent.get();
      if (future != null) {
        future.cancel(true);
      }
    }
  }
}
