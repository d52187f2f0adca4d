package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * The example of Go's {@code httptrace} package: which connection, and what the name stands for.
 */
public final class GotConnExample {
  private GotConnExample() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start()) {
      run(args.length > 0 ? URI.create(args[0]) : server.uri("/"));
    }
  }

  private static void run(URI uri) throws IOException, InterruptedException {
    // @start region="program"
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    ClientTrace trace =
        ClientTrace.builder()
            .gotConn(info -> System.out.println("Got Conn: " + info))
            .dnsDone(info -> System.out.println("DNS Info: " + info))
            .build();
    request = TracedRequest.of(request, trace);
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      client.send(request, BodyHandlers.discarding());
    }
    // @end
  }
}
