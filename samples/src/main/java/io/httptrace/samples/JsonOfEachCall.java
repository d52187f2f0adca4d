package io.httptrace.samples;

import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.render.TimelineJson;
import io.httptrace.timeline.Redaction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Writes a line of JSON for a call, with an id of the application's own. */
public final class JsonOfEachCall {
  private JsonOfEachCall() {}

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
    Map<String, String> ours = Map.of("orderId", "4711");
    HttpRequest request =
        TracedRequest.onTimeline(
            HttpRequest.newBuilder(uri).build(),
            timeline ->
                System.out.println(TimelineJson.toJson(timeline, Redaction.MASK_SECRETS, ours)));
    client.send(request, BodyHandlers.ofString());
    // @end
  }
}
