package io.httptrace.client.followups;

import static io.httptrace.client.followups.Site.OK;
import static io.httptrace.client.followups.Site.path;
import static io.httptrace.client.followups.Site.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each call of a caller gives one finished timeline. */
class OnTimelineTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();

  private Site site(Function<ReceivedRequestHead, String> answers) {
    Site site = new Site(answers);
    guard.watch(site.server());
    return site;
  }

  private TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder()
        .followRedirects(Redirect.NORMAL)
        .onTimeline(timelines::add);
  }

  private static HttpRequest get(Site site, String path) {
    return HttpRequest.newBuilder(site.at(path)).build();
  }

  private static List<String> roundTrips(Timeline timeline) {
    return timeline.roundTrips().stream().map(OnTimelineTest::line).toList();
  }

  private static String line(RoundTrip roundTrip) {
    String uri = String.valueOf(roundTrip.uri(Redaction.NONE)).replaceAll("http://[^/]*", "");
    return String.join(
        " ",
        String.valueOf(roundTrip.reason()),
        uri,
        String.valueOf(roundTrip.status().orElse(0)),
        String.valueOf(roundTrip.outcome()));
  }

  @Test
  void aCallWithARedirectGivesOneTimeline() throws Exception {
    Site site = site(head -> path(head).equals("/a") ? redirect(302, "/b") : OK);
    try (TracingHttpClient client = client().build()) {
      client.send(get(site, "/a"), BodyHandlers.ofString());
      client.sendAsync(get(site, "/b"), BodyHandlers.ofString()).get();
    }

    assertThat(timelines)
        .extracting(OnTimelineTest::roundTrips)
        .containsExactlyInAnyOrder(
            List.of("FIRST /a 302 COMPLETED", "REDIRECT /b 200 COMPLETED"),
            List.of("FIRST /b 200 COMPLETED"));
    assertThat(timelines).allMatch(Timeline::ended);
  }

  @Test
  void aFailureHasOneToo() throws Exception {
    Site site = site(head -> "nothing\r\n\r\n");
    try (TracingHttpClient client = client().build()) {
      assertThatThrownBy(() -> client.send(get(site, "/"), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }

    assertThat(timelines)
        .extracting(OnTimelineTest::roundTrips)
        .containsExactly(List.of("FIRST / 0 FAILED"));
    assertThat(timelines).allMatch(Timeline::ended);
  }

  @Test
  void theConsumersOfTheRequestAndOfTheClientGetTheSameTimeline() throws Exception {
    Site site = site(head -> OK);
    List<Timeline> ofRequest = new CopyOnWriteArrayList<>();
    List<String> hooks = new CopyOnWriteArrayList<>();
    ClientTrace trace = ClientTrace.builder().getConn(hooks::add).build();
    try (TracingHttpClient client = client().build()) {
      HttpRequest request = TracedRequest.onTimeline(get(site, "/"), ofRequest::add);
      client.send(TracedRequest.of(request, trace), BodyHandlers.ofString());
    }

    assertThat(ofRequest).hasSize(1).containsExactlyElementsOf(timelines);
    assertThat(hooks).hasSize(1);
  }

  @Test
  void severalConsumersOfARequestAllGetIt() throws Exception {
    Site site = site(head -> OK);
    List<Timeline> first = new CopyOnWriteArrayList<>();
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      HttpRequest request = TracedRequest.onTimeline(get(site, "/"), first::add);
      client.send(TracedRequest.onTimeline(request, timelines::add), BodyHandlers.ofString());
      client.send(request, BodyHandlers.ofString());
    }

    assertThat(first).hasSize(2);
    assertThat(timelines).hasSize(1);
  }

  @Test
  void aStreamedBodyIsPartOfTheCall() throws Exception {
    Gate rest = new Gate();
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("streaming")
                .connections(
                    connection -> {
                      connection.readRequest();
                      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                      connection.await(rest);
                      connection.send("llo");
                    })
                .start());
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
    try (TracingHttpClient client = client().build()) {
      InputStream body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream()).body();
      assertThat(timelines).isEmpty();
      rest.open();
      body.readAllBytes();
      assertThat(roundTrips(timelines.take())).containsExactly("FIRST / 200 COMPLETED");
    }
  }

  @Test
  void aConsumerThatThrowsBreaksNothingAndIsLoggedOnce() throws Exception {
    Site site = site(head -> OK);
    try (CapturedLog log = CapturedLog.of(TracingHttpClient.class)) {
      try (TracingHttpClient client =
          client()
              .onTimeline(
                  timeline -> {
                    timelines.add(timeline);
                    throw new AssertionError("on purpose");
                  })
              .build()) {
        for (int i = 0; i < 3; i++) {
          assertThat(client.send(get(site, "/"), BodyHandlers.ofString()).body())
              .isEqualTo("hello");
        }
      }
      assertThat(timelines).hasSize(3);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARNING the consumer of timelines ")
          .endsWith(" threw; logged once only: java.lang.AssertionError: on purpose");
    }
  }

  @Test
  void aConsumerThatBlocksHoldsUpNoRequestAndMayUseTheClient() throws Exception {
    Site site = site(head -> OK);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    TracingHttpClient[] self = new TracingHttpClient[1];
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .onTimeline(
                timeline -> {
                  if (line(timeline.roundTrips().get(0)).contains("/held")) {
                    gate.join();
                    fetch(self[0], site);
                  }
                  timelines.add(timeline);
                })
            .build()) {
      self[0] = client;
      for (int i = 0; i < 5; i++) {
        client.send(get(site, "/held"), BodyHandlers.ofString());
      }
      client.send(get(site, "/free"), BodyHandlers.ofString());
      assertThat(roundTrips(timelines.take())).containsExactly("FIRST /free 200 COMPLETED");

      gate.complete(null);
      for (int i = 0; i < 10; i++) {
        timelines.take();
      }
    }
  }

  private static void fetch(TracingHttpClient client, Site site) {
    try {
      client.sendAsync(get(site, "/again"), BodyHandlers.ofString()).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theClientsEndWaitsForTheLastConsumer() throws Exception {
    Site site = site(head -> OK);
    CompletableFuture<Void> closing = new CompletableFuture<>();
    TracingHttpClient client =
        client()
            .onTimeline(
                timeline -> {
                  closing.join();
                  timelines.add(timeline);
                })
            .build();
    client.send(get(site, "/"), BodyHandlers.ofString());
    client.shutdown();
    assertThat(client.isTerminated()).isFalse();
    closing.complete(null);
    client.close();

    assertThat(timelines).hasSize(1);
  }

  @Test
  void aCallThatIsRefusedAtOnceHasNone() {
    Site site = site(head -> OK);
    TracingHttpClient client = client().build();
    client.close();

    assertThatThrownBy(() -> client.send(get(site, "/"), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    assertThat(timelines).isEmpty();
  }

  @Test
  void aRecorderOfSeveralRequestsKeepsThemApart() throws Exception {
    Site site = site(head -> path(head).equals("/a") ? redirect(302, "/b") : OK);
    TraceRecorder recorder = new TraceRecorder();
    try (TracingHttpClient client = client().build()) {
      for (String path : List.of("/a", "/c")) {
        client.send(TracedRequest.of(get(site, path), recorder), BodyHandlers.ofString());
      }
    }

    assertThat(recorder.timelines())
        .extracting(OnTimelineTest::roundTrips)
        .containsExactly(
            List.of("FIRST /a 302 COMPLETED", "REDIRECT /b 200 COMPLETED"),
            List.of("FIRST /c 200 COMPLETED"));
    assertThat(roundTrips(recorder.timeline())).containsExactly("FIRST /c 200 COMPLETED");
  }

  @Test
  void nullIsRefused() {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://a.test/")).build();

    assertThatNullPointerException()
        .isThrownBy(() -> TracingHttpClient.newBuilder().onTimeline(null))
        .withMessage("consumer");
    assertThatNullPointerException()
        .isThrownBy(() -> TracedRequest.onTimeline(request, null))
        .withMessage("consumer");
    assertThatNullPointerException()
        .isThrownBy(() -> TracedRequest.onTimeline(null, timelines::add))
        .withMessage("request");
  }
}
