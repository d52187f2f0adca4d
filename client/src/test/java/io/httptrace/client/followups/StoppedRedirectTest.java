package io.httptrace.client.followups;

import static io.httptrace.client.followups.Site.OK;
import static io.httptrace.client.followups.Site.path;
import static io.httptrace.client.followups.Site.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.GrowingLimit;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects under way when a time limit, a cancellation or a shutdown ends them, or does not. */
class StoppedRedirectTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final TraceRecorder recorder = new TraceRecorder();

  private Site redirecting() {
    Site site = new Site(head -> path(head).equals("/start") ? redirect(302, "/next") : OK);
    guard.watch(site.server());
    return site;
  }

  private static TracingHttpClient following() {
    return TracingHttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
  }

  private HttpRequest.Builder start(Site site) {
    return HttpRequest.newBuilder(site.at("/start"));
  }

  /** A site whose second round trip is not answered, or not answered to the end. */
  private ScriptedServer stuck(String rest, Gate there) {
    return guard.watch(
        ScriptedServer.builder("origin")
            .connections(
                connection -> {
                  connection.readRequest();
                  connection.send(redirect(302, "/next"));
                  connection.readRequest();
                  connection.send(rest);
                  there.open();
                })
            .start());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 9\r\n\r\nx"})
  void timeLimitIsForAllRoundTrips(String rest) throws Exception {
    String status = rest.isEmpty() ? "-" : "302";
    List<String> roundTrips =
        GrowingLimit.of(
            limit -> {
              TraceRecorder timed = new TraceRecorder();
              ScriptedServer server = stuck(rest, new Gate());
              try (TracingHttpClient client = following()) {
                URI uri = URI.create("http://127.0.0.1:" + server.port() + "/start");
                HttpRequest request = HttpRequest.newBuilder(uri).timeout(limit).build();
                assertThatThrownBy(
                        () ->
                            client.send(TracedRequest.of(request, timed), BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
              }
              List<String> sent = RoundTripTexts.of(timed);
              boolean stuck =
                  sent.size() == 2
                      && sent.get(1).contains(" " + status + " ")
                      && !sent.get(1).endsWith(" none");
              return stuck ? sent : null;
            });
    assertThat(roundTrips)
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/start 302 COMPLETED new",
            "2 REDIRECT GET http://127.0.0.1/next " + status + " TIMED_OUT reused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 9\r\n\r\nx"})
  void cancellationEndsALaterRoundTrip(String rest) throws Exception {
    Gate there = new Gate();
    ScriptedServer server = stuck(rest, there);
    try (TracingHttpClient client = following()) {
      CompletableFuture<HttpResponse<String>> future = async(client, server);
      assertThat(there.await(Waiting.LIMIT)).isTrue();
      assertThat(future.cancel(true)).isTrue();
    }
    assertThat(RoundTripTexts.of(recorder)).hasSize(2).last().asString().contains(" CANCELLED ");
  }

  @Test
  void shutdownNowEndsALaterRoundTrip() throws Exception {
    Gate there = new Gate();
    ScriptedServer server = stuck("", there);
    try (TracingHttpClient client = following()) {
      CompletableFuture<HttpResponse<String>> future = async(client, server);
      assertThat(there.await(Waiting.LIMIT)).isTrue();
      client.shutdownNow();
      assertThatThrownBy(() -> future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
    assertThat(RoundTripTexts.of(recorder)).hasSize(2).last().asString().contains(" FAILED ");
  }

  private CompletableFuture<HttpResponse<String>> async(
      TracingHttpClient client, ScriptedServer server) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/start");
    return client.sendAsync(
        TracedRequest.of(HttpRequest.newBuilder(uri).build(), recorder), BodyHandlers.ofString());
  }

  /** What comes between the round trips is a hook of the caller's: the end of the first one. */
  @Test
  void cancellationBetweenRoundTripsLetsNoneFollow() throws Exception {
    Site site = redirecting();
    CompletableFuture<CompletableFuture<?>> sent = new CompletableFuture<>();
    ClientTrace cancelling =
        ClientTrace.builder().roundTripDone(info -> sent.join().cancel(true)).build();
    try (TracingHttpClient client = following()) {
      CompletableFuture<?> future =
          client.sendAsync(
              TracedRequest.of(TracedRequest.of(start(site).build(), recorder), cancelling),
              BodyHandlers.ofString());
      sent.complete(future);
      assertThatThrownBy(() -> future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(CancellationException.class);
    }
    assertThat(RoundTripTexts.of(recorder)).hasSize(1);
    assertThat(site.log()).containsExactly("GET /start");
  }

  @Test
  void shutdownLetsLaterRoundTripsRun() throws Exception {
    Site site = redirecting();
    try (TracingHttpClient client = following()) {
      ClientTrace closing = ClientTrace.builder().gotFirstResponseByte(client::shutdown).build();
      HttpRequest request =
          TracedRequest.of(TracedRequest.of(start(site).build(), recorder), closing);
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    assertThat(RoundTripTexts.of(recorder)).hasSize(2);
  }
}
