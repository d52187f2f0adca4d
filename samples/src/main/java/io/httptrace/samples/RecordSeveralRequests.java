package io.httptrace.samples;

import io.httptrace.TraceContext;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Records all requests of a block of code with one recorder. */
public final class RecordSeveralRequests {
  private RecordSeveralRequests() {}

  /**
   * Runs the sample, against a server on loopback.
   *
   * @param args none
   */
  public static void main(String... args) throws Exception {
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      HttpRequest first = HttpRequest.newBuilder(server.uri("/a")).build();
      HttpRequest second = HttpRequest.newBuilder(server.uri("/b")).build();
      run(client, first, second);
    }
  }

  private static void run(TracingHttpClient client, HttpRequest first, HttpRequest second)
      throws Exception {
    // @start region="program"
    TraceRecorder recorder = new TraceRecorder();
    TraceContext.current()
        .withClientTrace(recorder)
        .run(
            () -> {
              client.send(first, BodyHandlers.discarding());
              client.send(second, BodyHandlers.discarding());
            });
    for (Timeline timeline : recorder.timelines()) {
      System.out.println(timeline.roundTrips().size() + " round trip: " + timeline);
    }
    // @end
  }
}
