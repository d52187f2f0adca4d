package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The first program: a cold request, then one on the connection it left. */
public final class ReadmeExample {
  private ReadmeExample() {}

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
    ClientTrace trace =
        ClientTrace.builder()
            .dnsDone(info -> System.out.println("DNS Info: " + info))
            .connectDone((network, addr, error) -> System.out.println("Connected: " + addr))
            .gotConn(info -> System.out.println("Got Conn: " + info))
            .build();
    HttpRequest request = TracedRequest.of(HttpRequest.newBuilder(uri).build(), trace);
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      System.out.println(client.send(request, BodyHandlers.ofString()));
      System.out.println(client.send(request, BodyHandlers.ofString()));
    }
    // @end
  }
}
