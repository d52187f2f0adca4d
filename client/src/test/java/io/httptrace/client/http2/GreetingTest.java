package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ReceivedHeaders;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What client and server tell each other before the first answer. */
class GreetingTest {
  private static final long SOON_SECONDS = Waiting.LIMIT.toSeconds();

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private record Greeting(List<Integer> streams, Http2Settings client) {}

  /** Sends two requests, one after the other. */
  private Greeting greet(Http2Settings settings) throws Exception {
    CompletableFuture<Greeting> heard = new CompletableFuture<>();
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("greeting")
                .connections(
                    connection -> {
                      ScriptedHttp2Connection http2 =
                          ScriptedHttp2Connection.over(connection).begin(settings);
                      http2.awaitSettingsAck();
                      ReceivedHeaders first = http2.awaitRequest();
                      http2.respond(first.stream(), 200, "first");
                      ReceivedHeaders second = http2.awaitRequest();
                      http2.respond(second.stream(), 200, "second");
                      heard.complete(
                          new Greeting(
                              List.of(first.stream(), second.stream()), http2.clientSettings()));
                      connection.awaitPeerClose();
                    })
                .start());
    HttpRequest request = to(server);
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("first");
      assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("second");
    }
    return heard.get(SOON_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void streamsAreNumberedFromOne() throws Exception {
    assertThat(greet(Http2Settings.none()).streams()).containsExactly(1, 3);
  }

  @Test
  void theServerIsToldTheSizeOfTheTableThoughItIsTheDefault() throws Exception {
    assertThat(greet(Http2Settings.none()).client().value(Http2Settings.HEADER_TABLE_SIZE))
        .hasValue(4096);
  }

  @Test
  void pushesAreNotWanted() throws Exception {
    assertThat(greet(Http2Settings.none()).client().value(Http2Settings.ENABLE_PUSH)).hasValue(0);
  }

  @Test
  void aServerMaySayThatItWouldTakePushes() throws Exception {
    assertThat(greet(Http2Settings.none().with(Http2Settings.ENABLE_PUSH, 1)).streams())
        .containsExactly(1, 3);
  }

  @Test
  void aServerMayUseAWindowItHasNotAcknowledged() throws Exception {
    byte[] piece = new byte[10_000];
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("greeting")
                .connections(
                    connection -> {
                      ScriptedHttp2Connection http2 =
                          ScriptedHttp2Connection.over(connection)
                              .withoutAnswers()
                              .begin(Http2Settings.none());
                      int stream = http2.awaitRequest().stream();
                      http2.send(Frame.headers(stream, HeaderBlock.status(200)));
                      for (int i = 0; i < 10; i++) {
                        http2.send(Frame.data(stream, piece));
                      }
                      http2.send(Frame.data(stream).endStream());
                      connection.awaitPeerClose();
                    })
                .start());
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      assertThat(client.send(to(server), BodyHandlers.ofByteArray()).body()).hasSize(100_000);
    }
  }

  private static HttpRequest to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
  }
}
