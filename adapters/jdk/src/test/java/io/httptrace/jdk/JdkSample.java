package io.httptrace.jdk;

import io.httptrace.timeline.Timeline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Prints what happened in a call when it is over: the program of the README. */
final class JdkSample {
  private JdkSample() {}

  static void run(HttpClient client, String url) throws Exception {
    // @start region="program"
    CompletableFuture<Timeline> timeline = new CompletableFuture<>();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    client.send(JdkTracing.onTimeline(request, timeline::complete), BodyHandlers.ofString());
    System.out.println(timeline.get());
    // @end
  }
}
