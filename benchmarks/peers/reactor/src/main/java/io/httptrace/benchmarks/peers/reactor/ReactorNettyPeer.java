package io.httptrace.benchmarks.peers.reactor;

import static java.util.Objects.requireNonNull;

import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.TrustManagerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.Http2AllocationStrategy;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/**
 * Reactor Netty. Over HTTP/2 it is held to one connection: it would open one for each request in
 * flight otherwise.
 */
public final class ReactorNettyPeer implements PeerClient {
  private final ConcurrentHashMap<String, URI> uris = new ConcurrentHashMap<>();
  private final PeerConfig config;
  private final HttpClient client;
  private final ConnectionProvider provider;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public ReactorNettyPeer(PeerConfig config) throws Exception {
    this.config = config;
    ConnectionProvider.Builder pool = ConnectionProvider.builder("benchmark");
    if (config.h2()) {
      pool.allocationStrategy(
          Http2AllocationStrategy.builder().maxConnections(1).maxConcurrentStreams(256).build());
      pool.pendingAcquireMaxCount(-1);
    } else {
      pool.maxConnections(Math.max(16, config.maxInFlight()));
    }
    provider = pool.build();
    HttpClient plain =
        HttpClient.create(provider).protocol(config.h2() ? HttpProtocol.H2 : HttpProtocol.HTTP11);
    if (config.tls()) {
      TrustManagerFactory trust = config.trustManagerFactory();
      SslProvider.GenericSslContextSpec<SslContextBuilder> tls =
          config.h2()
              ? Http2SslContextSpec.forClient().configure(b -> b.trustManager(trust))
              : Http11SslContextSpec.forClient().configure(b -> b.trustManager(trust));
      client = plain.secure(spec -> spec.sslContext(tls));
    } else {
      client = plain;
    }
  }

  private URI uri(String path) {
    return uris.computeIfAbsent(path, config::uri);
  }

  private static Mono<byte[]> bytes(HttpClientResponse r, ByteBufMono body) {
    if (r.status().code() != 200) {
      return Mono.error(new IllegalStateException("status " + r.status()));
    }
    return body.asByteArray();
  }

  private Mono<byte[]> getMono(String path) {
    return client.get().uri(uri(path)).responseSingle(ReactorNettyPeer::bytes);
  }

  @Override
  public byte[] get(String path) {
    return requireNonNull(getMono(path).block());
  }

  @Override
  public byte[] post(String path, byte[] body) {
    return requireNonNull(
        client
            .headers(h -> h.set("Content-Length", body.length))
            .post()
            .uri(uri(path))
            .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
            .responseSingle(ReactorNettyPeer::bytes)
            .block());
  }

  @Override
  public CompletableFuture<Integer> getAsync(String path) {
    return getMono(path).map(b -> b.length).toFuture();
  }

  @Override
  public long download(String path) {
    return requireNonNull(
        client
            .get()
            .uri(uri(path))
            .response(
                (r, body) -> {
                  if (r.status().code() != 200) {
                    return Mono.error(new IllegalStateException("status " + r.status()));
                  }
                  return body.map(ByteBuf::readableBytes).reduce(0L, Long::sum);
                })
            .blockLast());
  }

  @Override
  public void close() {
    provider.dispose();
  }
}
