package io.httptrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Any {@link HttpClient}. Its requests are immutable and made to be sent again, so all threads send
 * the same one.
 */
final class NetHttpLoadClient implements LoadClient {

  /** Closes what {@link HttpClient} cannot, before JDK 21. */
  interface Closer {
    void close() throws IOException;
  }

  private final HttpClient client;
  private final HttpRequest request;
  private final Closer closer;

  NetHttpLoadClient(HttpClient client, HttpRequest request, Closer closer) {
    this.client = client;
    this.request = request;
    this.closer = closer;
  }

  /** {@return the JDK's client} It speaks HTTP/1.1 only, or each connection would ask for h2c. */
  static LoadClient ofJdk(URI uri) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new NetHttpLoadClient(client, HttpRequest.newBuilder(uri).build(), () -> {});
  }

  @Override
  public int get() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    LoadClient.requireOk(response.statusCode());
    return response.body().length;
  }

  @Override
  public void close() throws IOException {
    closer.close();
  }
}
