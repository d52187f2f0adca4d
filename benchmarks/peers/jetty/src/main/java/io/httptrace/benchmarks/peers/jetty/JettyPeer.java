package io.httptrace.benchmarks.peers.jetty;

import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty HttpClient. */
public final class JettyPeer implements PeerClient {
  private final ConcurrentHashMap<String, URI> uris = new ConcurrentHashMap<>();
  private final PeerConfig config;
  private final HttpClient client;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public JettyPeer(PeerConfig config) throws Exception {
    this.config = config;
    ClientConnector connector = new ClientConnector();
    if (config.tls()) {
      SslContextFactory.Client ssl = new SslContextFactory.Client();
      ssl.setSslContext(config.sslContext());
      connector.setSslContextFactory(ssl);
    }
    client =
        new HttpClient(
            config.h2()
                ? new HttpClientTransportOverHTTP2(new HTTP2Client(connector))
                : new HttpClientTransportOverHTTP(connector));
    client.setMaxConnectionsPerDestination(Math.max(64, config.maxInFlight())); // 64 is the default
    client.start();
  }

  private URI uri(String path) {
    return uris.computeIfAbsent(path, config::uri);
  }

  private static byte[] ok(ContentResponse r) throws IOException {
    if (r.getStatus() != 200) {
      throw new IOException("status " + r.getStatus());
    }
    return r.getContent();
  }

  @Override
  public byte[] get(String path) throws Exception {
    return ok(client.newRequest(uri(path)).send());
  }

  @Override
  public byte[] post(String path, byte[] body) throws Exception {
    return ok(client.POST(uri(path)).body(new BytesRequestContent(body)).send());
  }

  @Override
  public CompletableFuture<Integer> getAsync(String path) {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    client
        .newRequest(uri(path))
        .send(
            new BufferingResponseListener() {
              @Override
              public void onComplete(Result result) {
                if (result.isFailed()) {
                  done.completeExceptionally(result.getFailure());
                } else if (result.getResponse().getStatus() != 200) {
                  done.completeExceptionally(
                      new IOException("status " + result.getResponse().getStatus()));
                } else {
                  done.complete(getContent().length);
                }
              }
            });
    return done;
  }

  @Override
  public long download(String path) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    long[] n = new long[1];
    client
        .newRequest(uri(path))
        .onResponseContent((response, content) -> n[0] += content.remaining())
        .send(
            result -> {
              if (result.isFailed()) {
                done.completeExceptionally(result.getFailure());
              } else if (result.getResponse().getStatus() != 200) {
                done.completeExceptionally(
                    new IOException("status " + result.getResponse().getStatus()));
              } else {
                done.complete(n[0]);
              }
            });
    return done.get();
  }

  @Override
  public void close() throws IOException {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
