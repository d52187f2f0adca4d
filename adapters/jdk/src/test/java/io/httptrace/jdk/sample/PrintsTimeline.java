package io.httptrace.jdk.sample;

import io.httptrace.jdk.JdkTracing;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Sends a request and prints the events of its timeline. */
public final class PrintsTimeline {
  private PrintsTimeline() {}

  /**
   * Sends it.
   *
   * @param arguments where to; {@code wait} as a second one waits until the agent has been loaded
   * @throws Exception if it fails
   */
  public static void main(String[] arguments) throws Exception {
    URI uri = URI.create(arguments[0]);
    if (arguments.length > 1) {
      System.out.println("waiting");
      while (JdkTracing.installed().isEmpty()) {
        System.in.read();
      }
    }
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    CompletableFuture<Timeline> timeline = new CompletableFuture<>();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    HttpRequest traced = JdkTracing.onTimeline(request, timeline::complete);
    client.send(traced, BodyHandlers.ofString());
    System.out.println(
        timeline.get().events().stream()
            .map(TraceEvent::hook)
            .map(hook -> hook.methodName())
            .distinct()
            .collect(Collectors.joining(" ")));
  }
}
