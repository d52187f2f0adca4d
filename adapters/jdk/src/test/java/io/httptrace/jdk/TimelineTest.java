package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.Hook;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timelines of requests of the JDK's client. */
class TimelineTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CompletableFuture<Timeline> timeline = new CompletableFuture<>();

  @AfterEach
  void closes() {
    Clients.close(client);
  }

  private HttpRequest request(ScriptedServer server) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
    return JdkTracing.onTimeline(HttpRequest.newBuilder(uri).build(), timeline::complete);
  }

  @Test
  void aCallHasOneTimelineWhenItIsOver() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      client.send(request(server), BodyHandlers.ofString());

      Timeline made = timeline.get();
      assertThat(made.roundTrips()).hasSize(1);
      assertThat(made.roundTrips().get(0).status()).hasValue(200);
      assertThat(made.hookSupport().level(Hook.GOT_CONN)).isEqualTo(Level.EXACT);
    }
  }

  @Test
  void eachCallOfTheJvmHasOneForThoseWhoWantAll() throws Exception {
    BlockingQueue<Timeline> all = new LinkedBlockingQueue<>();
    try (ScriptedServer server = Servers.answering("hello");
        JdkTracing tracing =
            JdkTracing.install(
                JdkTracing.installed().orElseThrow().installation().instrumentation())) {
      tracing.onTimeline(all::add);
      client.send(request(server), BodyHandlers.ofString());
      Timeline own = all.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/plain");
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      Timeline plain = all.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      tracing.onTimeline(null);
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

      assertThat(own).isSameAs(timeline.get());
      assertThat(plain.toString()).contains("/plain 200 COMPLETED");
      assertThat(plain.ended()).isTrue();
      assertThat(all).isEmpty();
    }
  }

  @Test
  void aBodyThatIsCutShortEndsTheRoundTrip() throws Exception {
    ScriptedServer server =
        Servers.with(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel");
              connection.close();
            });
    try (server) {
      assertThatThrownBy(() -> client.send(request(server), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);

      assertThat(timeline.get().roundTrips().get(0).failedPhase().kind())
          .isEqualTo(PhaseKind.RESPONSE);
    }
  }
}
