package io.httptrace.benchmarks;

import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;

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
  private final Supplier<HttpRequest> request;
  private final Closer closer;

  private NetHttpLoadClient(HttpClient client, Supplier<HttpRequest> request, Closer closer) {
    this.client = client;
    this.request = request;
    this.closer = closer;
  }

  /** {@return our client; requests have no trace} */
  static LoadClient ofOurs(URI uri) {
    TracingHttpClient client = TracingHttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return new NetHttpLoadClient(client, () -> request, client::close);
  }

  /** {@return our client; each request has a recorder} */
  static LoadClient ofOursRecorded(URI uri) {
    TracingHttpClient client = TracingHttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return new NetHttpLoadClient(
        client, () -> TracedRequest.of(request, new TraceRecorder()), client::close);
  }

  /** {@return the JDK's client} It speaks HTTP/1.1 only, or each connection would ask for h2c. */
  static LoadClient ofJdk(URI uri) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return new NetHttpLoadClient(client, () -> request, () -> {});
  }

  @Override
  public int get() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request.get(), BodyHandlers.ofByteArray());
    LoadClient.requireOk(response.statusCode());
    return response.body().length;
  }

  @Override
  public void close() throws IOException {
    closer.close();
  }
}
