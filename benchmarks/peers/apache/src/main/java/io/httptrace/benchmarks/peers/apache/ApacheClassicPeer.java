package io.httptrace.benchmarks.peers.apache;

import io.httptrace.benchmarks.peer.DiscardedStream;
import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient, classic: it blocks, and speaks HTTP/1.1 only. */
public final class ApacheClassicPeer implements PeerClient {
  private final ConcurrentHashMap<String, URI> uris = new ConcurrentHashMap<>();
  private final PeerConfig config;
  private final CloseableHttpClient client;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public ApacheClassicPeer(PeerConfig config) throws Exception {
    this.config = config;
    int n = Math.max(5, config.maxInFlight());
    PoolingHttpClientConnectionManagerBuilder m =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(n)
            .setMaxConnTotal(Math.max(25, n));
    if (config.tls()) {
      m.setTlsSocketStrategy(new DefaultClientTlsStrategy(config.sslContext()));
    }
    client = HttpClients.custom().setConnectionManager(m.build()).build();
  }

  private URI uri(String path) {
    return uris.computeIfAbsent(path, config::uri);
  }

  private static void ok(ClassicHttpResponse r) throws IOException {
    if (r.getCode() != 200) {
      throw new IOException("status " + r.getCode());
    }
  }

  @Override
  public byte[] get(String path) throws Exception {
    return client.execute(
        new HttpGet(uri(path)),
        r -> {
          ok(r);
          return EntityUtils.toByteArray(r.getEntity());
        });
  }

  @Override
  public byte[] post(String path, byte[] body) throws Exception {
    HttpPost p = new HttpPost(uri(path));
    p.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    return client.execute(
        p,
        r -> {
          ok(r);
          return EntityUtils.toByteArray(r.getEntity());
        });
  }

  @Override
  public long download(String path) throws Exception {
    return client.execute(
        new HttpGet(uri(path)),
        r -> {
          ok(r);
          return DiscardedStream.of(r.getEntity().getContent());
        });
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
