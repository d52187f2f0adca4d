package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads the informational responses that precede a response (RFC 8297). */
public final class EarlyHints {
  private EarlyHints() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      run(client, args.length > 0 ? URI.create(args[0]) : server.uri("/hints"));
    }
  }

  private static void run(TracingHttpClient client, URI uri)
      throws IOException, InterruptedException {
    // @start region="program"
    ClientTrace trace =
        ClientTrace.builder()
            .got1xxResponse((code, header) -> System.out.println(code + " " + header))
            .build();
    HttpRequest request = TracedRequest.of(HttpRequest.newBuilder(uri).build(), trace);
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    System.out.println(response.statusCode());
    // @end
  }
}
