package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.errors.Http2Exception;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.GrowingLimit;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection that has been lost on the way: it takes bytes, and gives none. */
class LostConnectionTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private final List<String> events = new CopyOnWriteArrayList<>();

  /** Answers the first request of its first connection, and nothing from then on. */
  private ScriptedServer server() throws IOException {
    return guard.watch(
        ScriptedServer.builder("lost")
            .connections(
                connection -> {
                  ScriptedHttp2Connection http2 =
                      ScriptedHttp2Connection.over(connection)
                          .withoutAnswers()
                          .begin(Http2Settings.none());
                  http2.respond(http2.awaitRequest().stream(), 200, "first");
                  connection.awaitPeerClose();
                })
            .otherConnections(
                Http2Service.answering(request -> Http2Answer.ok("another")).clearText())
            .start());
  }

  private static TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder().http2PriorKnowledge(true);
  }

  private static HttpRequest.Builder to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
  }

  private HttpRequest traced(HttpRequest request) {
    return TracedRequest.of(
        request,
        ClientTrace.builder()
            .getConn(hostPort -> events.add("getConn"))
            .connWaitStart(reason -> events.add("connWaitStart " + reason))
            .connectStart((network, addr) -> events.add("connectStart"))
            .gotConn(info -> events.add("gotConn reused=" + info.reused()))
            .build());
  }

  private static String body(TracingHttpClient client, HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void theNextRequestGetsAnotherConnectionAndSaysWhy() throws Exception {
    var unused =
        GrowingLimit.of(
            limit -> {
              ScriptedServer server = server();
              try (TracingHttpClient client = client().http2PingTimeout(Waiting.LIMIT).build()) {
                assertThat(body(client, to(server).build())).isEqualTo("first");
                if (!isSentAndThenOutOfTime(client, to(server).timeout(limit).build())) {
                  return null;
                }
                assertThat(body(client, traced(to(server).build()))).isEqualTo("another");
                return server;
              }
            });

    assertThat(events)
        .containsExactly(
            "getConn", "connWaitStart SILENT_CONNECTION", "connectStart", "gotConn reused=false");
  }

  @Test
  void whatElseWaitsOnItFailsAndSaysWhy() throws Exception {
    var unused =
        GrowingLimit.of(
            limit -> {
              ScriptedServer server = server();
              try (TracingHttpClient client = client().http2PingTimeout(SHORT).build()) {
                assertThat(body(client, to(server).build())).isEqualTo("first");
                var patient = client.sendAsync(to(server).build(), BodyHandlers.ofString());
                if (!isSentAndThenOutOfTime(client, to(server).timeout(limit).build())) {
                  patient.cancel(true);
                  return null;
                }
                assertLost(patient);
                assertThat(server.awaitEnd(1, Waiting.LIMIT)).isTrue();
                assertThat(body(client, to(server).build())).isEqualTo("another");
                return server;
              }
            });
  }

  @Test
  void aRequestWithoutATimeLimitEndsAfterALongSilence() throws Exception {
    var unused =
        GrowingLimit.of(
            limit -> {
              ScriptedServer server = server();
              try (TracingHttpClient client =
                  client().http2PingInterval(limit).http2PingTimeout(limit).build()) {
                try {
                  assertThat(body(client, to(server).build())).isEqualTo("first");
                } catch (IOException silentBeforeItHadAnswered) {
                  return null;
                }
                var second = client.sendAsync(to(server).build(), BodyHandlers.ofString());
                try {
                  second.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
                  return null; // the connection was given up before it was sent
                } catch (ExecutionException expected) {
                  assertLost(second);
                  return server;
                }
              }
            });
  }

  /** {@return whether the request has been sent} Its time is up before it is answered. */
  private static boolean isSentAndThenOutOfTime(TracingHttpClient client, HttpRequest request) {
    Gate sent = new Gate();
    ClientTrace trace =
        ClientTrace.builder()
            .wroteRequest(
                info -> {
                  if (info.error() == null) {
                    sent.open();
                  }
                })
            .build();
    assertThatThrownBy(() -> client.send(TracedRequest.of(request, trace), BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
    return sent.isOpen();
  }

  private static void assertLost(CompletableFuture<?> future) {
    assertThat(future)
        .failsWithin(Waiting.LIMIT)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOfSatisfying(
            Http2Exception.class,
            e -> assertThat(e.reason()).isEqualTo(Http2Exception.Reason.PING_TIMEOUT));
  }
}
