package io.httptrace.samples;

import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Records a request and prints where its time went. */
public final class PrintTimeline {
  private PrintTimeline() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      run(client, args.length > 0 ? URI.create(args[0]) : server.uri("/"));
    }
  }

  private static void run(TracingHttpClient client, URI uri)
      throws IOException, InterruptedException {
    // @start region="program"
    TraceRecorder recorder = new TraceRecorder();
    HttpRequest request = TracedRequest.of(HttpRequest.newBuilder(uri).build(), recorder);
    client.send(request, BodyHandlers.discarding());
    for (RoundTrip roundTrip : recorder.timeline().roundTrips()) {
      for (Phase phase : roundTrip.phases()) {
        System.out.printf(
            "%-8s at %4d µs, took %4d µs%n",
            phase.kind(), phase.start().toNanos() / 1000, phase.duration().toNanos() / 1000);
      }
    }
    // @end
  }
}
