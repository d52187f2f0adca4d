package io.httptrace.samples;

import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Prints what happened in each call when it is over. */
public final class TimelineOfEachCall {
  private TimelineOfEachCall() {}

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
            .onTimeline(timeline -> System.out.println(timeline))
            .build()) {
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
    // @end
  }
}
