package io.httptrace.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link HttpClient}: each implementation gets the same calls, only its building differs. */
public abstract class NetHttpPeer implements PeerClient {
  private final ConcurrentHashMap<String, URI> uris = new ConcurrentHashMap<>();
  private final PeerConfig config;
  private final HttpClient client;

  /**
   * Makes one.
   *
   * @param config what it was told
   * @param client what was built with that
   */
  protected NetHttpPeer(PeerConfig config, HttpClient client) {
    this.config = config;
    this.client = client;
  }

  /** {@return the version that is to be spoken} */
  protected static HttpClient.Version version(PeerConfig config) {
    return config.h2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
  }

  /** {@return a request of this client} */
  protected HttpRequest request(HttpRequest.Builder builder) {
    return builder.build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(uris.computeIfAbsent(path, config::uri));
  }

  private static <T> T ok(HttpResponse<T> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return response.body();
  }

  @Override
  public final byte[] get(String path) throws IOException, InterruptedException {
    return ok(client.send(request(to(path)), BodyHandlers.ofByteArray()));
  }

  @Override
  public final byte[] post(String path, byte[] body) throws IOException, InterruptedException {
    return ok(
        client.send(
            request(to(path).POST(BodyPublishers.ofByteArray(body))), BodyHandlers.ofByteArray()));
  }

  @Override
  public final long download(String path) throws IOException, InterruptedException {
    return ok(client.send(request(to(path)), info -> new CountingSubscriber()));
  }

  @Override
  public final CompletableFuture<Integer> getAsync(String path) {
    return client
        .sendAsync(request(to(path)), BodyHandlers.ofByteArray())
        .thenApply(
            response -> {
              try {
                return ok(response).length;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public final void close() throws IOException {
    if (client instanceof AutoCloseable closeable) { // since JDK 21 all are
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
