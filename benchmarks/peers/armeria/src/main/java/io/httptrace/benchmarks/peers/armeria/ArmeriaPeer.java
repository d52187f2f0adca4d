package io.httptrace.benchmarks.peers.armeria;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Armeria, with the TLS it brings: BoringSSL. */
public final class ArmeriaPeer implements PeerClient {
  private final ClientFactory factory;
  private final WebClient client;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public ArmeriaPeer(PeerConfig config) throws Exception {
    ClientFactoryBuilder b = ClientFactory.builder();
    if (config.tls()) {
      b.tlsCustomizer(t -> t.trustManager(config.pem().toFile()));
    }
    factory = b.build();
    SessionProtocol p =
        switch (config.protocol()) {
          case H1 -> SessionProtocol.H1C;
          case H1_TLS -> SessionProtocol.H1;
          case H2_TLS -> SessionProtocol.H2;
        };
    client = WebClient.builder(p.uriText() + "://" + config.authority()).factory(factory).build();
  }

  private static byte[] bytes(AggregatedHttpResponse r) {
    if (r.status().code() != 200) {
      throw new IllegalStateException("status " + r.status());
    }
    return r.content().array();
  }

  @Override
  public byte[] get(String path) {
    return bytes(client.get(path).aggregate().join());
  }

  @Override
  public byte[] post(String path, byte[] body) {
    return bytes(
        client
            .execute(
                HttpRequest.of(HttpMethod.POST, path, MediaType.OCTET_STREAM, HttpData.wrap(body)))
            .aggregate()
            .join());
  }

  @Override
  public CompletableFuture<Integer> getAsync(String path) {
    return client.get(path).aggregate().thenApply(r -> bytes(r).length);
  }

  @Override
  public long download(String path) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    client
        .get(path)
        .subscribe(
            new Subscriber<HttpObject>() {
              private long n;

              @Override
              public void onSubscribe(Subscription s) {
                s.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(HttpObject o) {
                if (o instanceof HttpData d) {
                  n += d.length();
                } else if (o instanceof ResponseHeaders h && h.status().code() != 200) {
                  done.completeExceptionally(new IllegalStateException("status " + h.status()));
                }
              }

              @Override
              public void onError(Throwable t) {
                done.completeExceptionally(t);
              }

              @Override
              public void onComplete() {
                done.complete(n);
              }
            });
    return done.join();
  }

  @Override
  public void close() {
    factory.close();
  }
}
