package io.httptrace.jdk.sample;

import io.httptrace.ClientTrace;
import io.httptrace.jdk.JdkTracing;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    // The client reads it once: an agent that comes before must not make it do that.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    URI uri = URI.create(arguments[0]);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    if (arguments.length > 1) {
      fails(client);
      System.out.println("waiting");
      while (JdkTracing.installed().isEmpty()) {
        System.in.read();
      }
    }
    CompletableFuture<Timeline> timeline = new CompletableFuture<>();
    HttpRequest request = HttpRequest.newBuilder(uri).header("Host", "example.org").build();
    HttpRequest traced = JdkTracing.onTimeline(request, timeline::complete);
    client.send(traced, BodyHandlers.ofString());
    System.out.println(
        timeline.get().events().stream()
            .map(TraceEvent::hook)
            .map(hook -> hook.methodName())
            .distinct()
            .collect(Collectors.joining(" ")));
  }

  /** A failure is told without the agent. That must not spoil what the agent finds later. */
  private static void fails(HttpClient client) throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + closed + "/")).build();
    try {
      JdkTracing.wrap(client)
          .send(JdkTracing.traced(request, new ClientTrace() {}), BodyHandlers.ofString());
    } catch (IOException refused) {
      return;
    }
    throw new IllegalStateException("a server where there is none");
  }
}
