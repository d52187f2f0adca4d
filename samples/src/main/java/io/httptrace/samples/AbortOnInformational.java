package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Gives up as soon as the server says that it will take its time. */
public final class AbortOnInformational {
  private AbortOnInformational() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      run(client, args.length > 0 ? URI.create(args[0]) : server.uri("/busy"));
    }
  }

  private static void run(TracingHttpClient client, URI uri) throws InterruptedException {
    // @start region="program"
    ClientTrace trace =
        ClientTrace.builder()
            .got1xxResponse(
                (code, header) -> {
                  if (code == 102) {
                    throw new IOException("the server is still at it");
                  }
                })
            .build();
    HttpRequest request = TracedRequest.of(HttpRequest.newBuilder(uri).build(), trace);
    try {
      client.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      System.out.println("aborted: " + e.getMessage());
    }
    // @end
  }
}
