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
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The classic client with the adapter, as the scenarios see it. */
final class ClassicUnderTest implements ClientUnderTest {
  @Override
  public String name() {
    return "Apache HttpClient, classic";
  }

  @Override
  public HookSupport support() {
    return ApacheTracing.hookSupport();
  }

  @Override
  public Capabilities capabilities() {
    return ClassicDifferences.capabilities();
  }

  @Override
  public List<Deviation> deviations() {
    return ClassicDifferences.deviations();
  }

  @Override
  public ErrorClassifier errors() {
    return ApacheErrors.CLASSIFIER.orElse(ErrorClassifier.standard());
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    Pool pool = new Pool();
    HttpClientBuilder builder =
        ApacheTracing.create()
            .install(HttpClients.custom(), made -> pool.manager = settings(made, settings).build());
    RequestConfig.Builder requests = RequestConfig.custom().setProtocolUpgradeEnabled(false);
    apply(settings.responseHeaderTimeout(), limit -> requests.setResponseTimeout(of(limit)));
    builder.setDefaultRequestConfig(requests.build()).setRetryStrategy(new RetriesOfGo());
    if (!settings.followRedirects()) {
      builder.disableRedirectHandling();
    }
    builder.disableContentCompression();
    apply(
        settings.expectContinueTimeout(),
        limit ->
            builder.setRequestExecutor(
                new HttpRequestExecutor(
                    Http1Config.custom().setWaitForContinueTimeout(of(limit)).build(),
                    null,
                    null)));
    apply(
        settings.idleConnectionTimeout(),
        limit -> builder.evictIdleConnections(TimeValue.ofMilliseconds(limit.toMillis())));
    ProxyToUse proxy = ProxyToUse.of(settings.proxy());
    if (proxy != null) {
      builder.setProxy(proxy.host()).setDefaultCredentialsProvider(proxy.credentials());
    }
    return new Open(builder.build(), pool, settings.keepAlive(), proxy);
  }

  private static PoolingHttpClientConnectionManagerBuilder settings(
      PoolingHttpClientConnectionManagerBuilder pool, ClientSettings settings) {
    ConnectionConfig.Builder connections = ConnectionConfig.custom();
    apply(settings.connectTimeout(), limit -> connections.setConnectTimeout(of(limit)));
    pool.setDefaultConnectionConfig(connections.build());
    TlsConfig.Builder tls = TlsConfig.custom();
    apply(settings.tlsHandshakeTimeout(), limit -> tls.setHandshakeTimeout(of(limit)));
    pool.setDefaultTlsConfig(tls.build());
    SSLContext context = settings.sslContext();
    if (context != null) {
      pool.setTlsSocketStrategy(
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

  private static final class Pool {
    private @Nullable PoolingHttpClientConnectionManager manager;
  }

  private record Open(
      CloseableHttpClient client, Pool pool, boolean keepAlive, @Nullable ProxyToUse proxy)
      implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      HttpUriRequestBase sent = new HttpUriRequestBase(request.method(), request.uri());
      request.headers().forEach(h -> sent.addHeader(h.name(), h.value()));
      if (!keepAlive) {
        sent.addHeader("Connection", "close");
      }
      if (request.body() != null) {
        sent.setEntity(new ScenarioBody(request.body()));
      }
      HttpClientContext context = HttpClientContext.create();
      if (request.expectContinue()) {
        sent.addHeader("Expect", "100-continue");
      }
      if (proxy != null) {
        proxy.inAdvance(context);
      }
      context.setAttribute(ApacheTracing.CLIENT_TRACE, request.trace());
      return new Sent(client, sent, context);
    }

    @Override
    public void closeIdleConnections() {
      PoolingHttpClientConnectionManager manager = pool.manager;
      if (manager != null) {
        manager.closeIdle(TimeValue.ZERO_MILLISECONDS);
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  private record Sent(
      CloseableHttpClient client, HttpUriRequestBase request, HttpClientContext context)
      implements ClientCall {
    @Override
    public ClientResponse send() throws IOException {
      ClassicHttpResponse response = client.executeOpen(null, request, context);
      HttpEntity entity = response.getEntity();
      InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
      return new ClientResponse(
          response.getCode(),
          response.getVersion().toString(),
          new FilterInputStream(content) {
            @Override
            public void close() throws IOException {
              super.close();
              response.close();
            }
          });
    }

    @Override
    public void cancel() {
      request.cancel();
    }
  }
}
