package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The wrapper, where there is no agent. */
@Isolated
class UnaidedTest {
  private static final List<String> ONE =
      List.of(
          "roundTripStart(1 FIRST)",
          "getConn",
          "gotResponse(200 HTTP/1.1)",
          "roundTripDone(COMPLETED none)");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpClient wrapper = JdkTracing.wrap(client);
  private final SeenHooks seen = new SeenHooks();
  private Instrumentation instrumentation;

  @BeforeEach
  void takesOut() {
    instrumentation = Agents.takeOut();
  }

  @AfterEach
  void putsIn() {
    Agents.putIn(instrumentation);
    Clients.close(client);
  }

  private static HttpRequest to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
  }

  @Test
  void tellsWhatIsLeft() throws Exception {
    CompletableFuture<Timeline> timeline = new CompletableFuture<>();
    try (ScriptedServer server = Servers.answering("hello")) {
      wrapper.send(
          JdkTracing.onTimeline(JdkTracing.traced(to(server), seen), timeline::complete),
          BodyHandlers.ofString());
      wrapper.sendAsync(JdkTracing.traced(to(server), seen), BodyHandlers.ofString()).join();
      wrapper.send(to(server), BodyHandlers.ofString());
    }

    List<String> both = new ArrayList<>(ONE);
    both.addAll(ONE);
    assertThat(seen.events()).isEqualTo(both);
    assertThat(timeline.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).ended()).isTrue();
  }

  @Test
  void tellsAFailure() throws Exception {
    ScriptedServer server =
        Servers.with(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel");
              connection.close();
            });
    try (server) {
      HttpRequest request = JdkTracing.traced(to(server), seen);
      assertThatThrownBy(() -> wrapper.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }

    assertThat(seen.events()).endsWith("roundTripDone(FAILED IOException)");
  }

  @Test
  void tellsThatTheClientDoesNotTakeARequest() throws Exception {
    HttpRequest request =
        JdkTracing.traced(HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build(), seen);

    assertThatThrownBy(() -> wrapper.sendAsync(request, null))
        .isInstanceOf(NullPointerException.class);

    assertThat(seen.events()).endsWith("roundTripDone(FAILED NullPointerException)");
  }

  @Test
  void leavesAllToTheAgentOnceThereIsOne() throws Exception {
    JdkTracing.install(instrumentation);
    try (ScriptedServer server = Servers.answering("hello")) {
      wrapper.send(JdkTracing.traced(to(server), seen), BodyHandlers.ofString());
    }

    assertThat(seen.events())
        .startsWith("roundTripStart(1 FIRST)", "getConn", "connectStart")
        .filteredOn(event -> event.startsWith("gotResponse"))
        .hasSize(1);
  }
}
