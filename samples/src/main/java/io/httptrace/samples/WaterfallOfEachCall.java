package io.httptrace.samples;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.render.Waterfall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Draws where the time of each call went. */
public final class WaterfallOfEachCall {
  private WaterfallOfEachCall() {}

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
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .onTimeline(timeline -> System.out.print(Waterfall.toText(timeline)))
            .build()) {
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
    // @end
  }
}
