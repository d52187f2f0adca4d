package io.httptrace.benchmarks.peers.apache;

import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http2.HttpVersionPolicy;

/** Apache HttpClient, asynchronous; for HTTP/2 the one that shares a connection. */
public final class ApacheAsyncPeer implements PeerClient {
  private final ConcurrentHashMap<String, URI> uris = new ConcurrentHashMap<>();
  private final PeerConfig config;
  private final CloseableHttpAsyncClient client;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public ApacheAsyncPeer(PeerConfig config) throws Exception {
    this.config = config;
    if (config.h2()) {
      H2AsyncClientBuilder b = HttpAsyncClients.customHttp2();
      b.setTlsStrategy(
          ClientTlsStrategyBuilder.create().setSslContext(config.sslContext()).buildAsync());
      client = b.build();
    } else {
      int n = Math.max(5, config.maxInFlight());
      PoolingAsyncClientConnectionManagerBuilder m =
          PoolingAsyncClientConnectionManagerBuilder.create()
              .setMaxConnPerRoute(n)
              .setMaxConnTotal(Math.max(25, n))
              .setDefaultTlsConfig(
                  TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build());
      if (config.tls()) {
        m.setTlsStrategy(
            ClientTlsStrategyBuilder.create().setSslContext(config.sslContext()).buildAsync());
      }
      client = HttpAsyncClients.custom().setConnectionManager(m.build()).build();
    }
    client.start();
  }

  private URI uri(String path) {
    return uris.computeIfAbsent(path, config::uri);
  }

  private CompletableFuture<byte[]> send(SimpleHttpRequest request) {
    CompletableFuture<byte[]> done = new CompletableFuture<>();
    client.execute(
        request,
        new FutureCallback<SimpleHttpResponse>() {
          @Override
          public void completed(SimpleHttpResponse r) {
            if (r.getCode() != 200) {
              done.completeExceptionally(new IOException("status " + r.getCode()));
            } else {
              done.complete(r.getBodyBytes());
            }
          }

          @Override
          public void failed(Exception e) {
            done.completeExceptionally(e);
          }

          @Override
          public void cancelled() {
            done.cancel(false);
          }
        });
    return done;
  }

  @Override
  public byte[] get(String path) throws Exception {
    return send(SimpleRequestBuilder.get(uri(path)).build()).get();
  }

  @Override
  public byte[] post(String path, byte[] body) throws Exception {
    return send(SimpleRequestBuilder.post(uri(path))
            .setBody(body, ContentType.APPLICATION_OCTET_STREAM)
            .build())
        .get();
  }

  @Override
  public CompletableFuture<Integer> getAsync(String path) {
    return send(SimpleRequestBuilder.get(uri(path)).build()).thenApply(b -> b.length);
  }

  @Override
  public long download(String path) throws Exception {
    return client
        .execute(
            SimpleRequestProducer.create(SimpleRequestBuilder.get(uri(path)).build()),
            new AbstractBinResponseConsumer<Long>() {
              private long n;

              @Override
              protected void start(HttpResponse response, ContentType contentType)
                  throws IOException {
                if (response.getCode() != 200) {
                  throw new IOException("status " + response.getCode());
                }
              }

              @Override
              protected int capacityIncrement() {
                return Integer.MAX_VALUE;
              }

              @Override
              protected void data(ByteBuffer src, boolean endOfStream) {
                n += src.remaining();
                src.position(src.limit());
              }

              @Override
              protected Long buildResult() {
                return n;
              }

              @Override
              public void releaseResources() {}
            },
            null)
        .get();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
