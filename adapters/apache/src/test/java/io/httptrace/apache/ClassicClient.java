package io.httptrace.apache;

import io.httptrace.ClientTrace;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/** A classic client with the adapter, and what its tests need of it. */
final class ClassicClient implements AutoCloseable {
  private final PoolingHttpClientConnectionManager pool;
  private final CloseableHttpClient client;

  ClassicClient(ApacheTracing tracing) {
    this(tracing, settings -> {}, settings -> {});
  }

  ClassicClient(
      ApacheTracing tracing,
      Consumer<HttpClientBuilder> settings,
      Consumer<PoolingHttpClientConnectionManagerBuilder> ofPool) {
    PoolingHttpClientConnectionManager[] built = new PoolingHttpClientConnectionManager[1];
    HttpClientBuilder builder =
        tracing.install(
            HttpClients.custom(),
            made -> {
              ofPool.accept(made);
              built[0] = made.build();
              return built[0];
            });
    settings.accept(builder);
    this.pool = built[0];
    this.client = builder.build();
  }

  CloseableHttpClient client() {
    return client;
  }

  PoolingHttpClientConnectionManager pool() {
    return pool;
  }

  static URI uri(String url) {
    return URI.create(url);
  }

  static HttpUriRequestBase get(String url) {
    return new HttpUriRequestBase("GET", uri(url));
  }

  static HttpClientContext context(@Nullable ClientTrace trace) {
    HttpClientContext context = HttpClientContext.create();
    if (trace != null) {
      context.setAttribute(ApacheTracing.CLIENT_TRACE, trace);
    }
    return context;
  }

  /** Sends a request, reads the response to its end, and returns its status. */
  int send(HttpUriRequestBase request, @Nullable ClientTrace trace) throws IOException {
    return client.execute(
        request,
        context(trace),
        response -> {
          EntityUtils.consume(response.getEntity());
          return response.getCode();
        });
  }

  int get(String url, @Nullable ClientTrace trace) throws IOException {
    return send(get(url), trace);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
