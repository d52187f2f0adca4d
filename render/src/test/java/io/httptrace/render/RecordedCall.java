package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.errors.DnsException;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Sends requests with the real client, and checks their JSON by the schema. */
final class RecordedCall {
  /** A name that leads to this machine. Other names are not known. */
  static final String HOST = "example.test";

  private final TraceRecorder recorder = new TraceRecorder();
  private final TracingHttpClientBuilder client =
      TracingHttpClient.newBuilder()
          .trustManager(TestCertificate.trusting())
          .version(Version.HTTP_1_1)
          .followRedirects(Redirect.ALWAYS)
          .resolver(
              host ->
                  host.equals(HOST)
                      ? CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()))
                      : CompletableFuture.failedFuture(
                          new DnsException(host, DnsException.Reason.NOT_FOUND, null)));
  private final HttpRequest.Builder request = HttpRequest.newBuilder();

  RecordedCall client(Consumer<TracingHttpClientBuilder> settings) {
    settings.accept(client);
    return this;
  }

  RecordedCall request(Consumer<HttpRequest.Builder> settings) {
    settings.accept(request);
    return this;
  }

  /** The JSON of a request to a server, of which the name is known. */
  JsonNode to(String scheme, ScriptedServer server) throws Exception {
    return to(scheme + "://" + HOST + ":" + server.port() + "/?key=secret");
  }

  JsonNode to(String uri) throws Exception {
    return ofEach(1, uri).get(0);
  }

  /** The JSON of requests that are sent one after the other. */
  List<JsonNode> ofEach(int count, String uri) throws Exception {
    HttpRequest traced = TracedRequest.of(request.uri(URI.create(uri)).build(), recorder);
    try (TracingHttpClient open = client.build()) {
      for (int i = 0; i < count; i++) {
        send(open, traced);
      }
    }
    List<Timeline> timelines = recorder.timelines();
    assertThat(timelines).hasSize(count);
    return timelines.stream()
        .map(
            timeline -> {
              assertThat(Waterfall.toText(timeline)).endsWith("\n");
              return TimelineSchema.check(timeline);
            })
        .toList();
  }

  private static void send(TracingHttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      var unused = client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      // The timeline says so.
    }
  }
}
