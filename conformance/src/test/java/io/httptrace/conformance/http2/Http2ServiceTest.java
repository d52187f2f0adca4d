package io.httptrace.conformance.http2;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class Http2ServiceTest {

  @Test
  void limitForStreamsIsKept() throws Exception {
    Gate gate = new Gate();
    Http2Service service =
        Http2Service.answering(request -> Http2Answer.ok("hello").after(gate))
            .with(Http2Settings.none().maxConcurrentStreams(100));
    ScriptedServer server = start(service.clearText());
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      for (int i = 0; i <= 100; i++) {
        client.send(Frame.headers(2 * i + 1, RawClient.get("/" + i)).endStream());
      }
      Frame refusal = client.await(Frame.RST_STREAM);
      assertThat(refusal.stream()).isEqualTo(201);
      assertThat(refusal.intAt(0)).isEqualTo(ErrorCodes.REFUSED_STREAM);
      gate.open();
      List<Frame> answers = client.readUntil(100, Http2ServiceTest::endsStream);
      assertThat(answers).hasSize(200);
    }
    assertThat(service.mostStreamsAtOnce()).isEqualTo(101);
    assertThat(service.streams()).isEqualTo(101);
    assertThat(service.refused()).isOne();
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void thousandsOfStreamsTakeOneThread() throws Exception {
    Gate gate = new Gate();
    Http2Service service =
        Http2Service.answering(request -> Http2Answer.ok("hello").after(gate))
            .with(Http2Settings.none().maxConcurrentStreams(5_000));
    ScriptedServer server = start(service.clearText());
    try (server;
        RawClient client =
            RawClient.begin(server, Http2Settings.none().initialWindowSize(1 << 20))) {
      client.send(Frame.windowUpdate(0, 1 << 20));
      for (int i = 0; i < 5_000; i++) {
        client.send(Frame.headers(2 * i + 1, RawClient.get("/")).endStream());
      }
      server.awaitRequests(5_000);
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("server thousands #"))
              .count();
      assertThat(threads).isOne();
      CompletableFuture<Void> opener = CompletableFuture.runAsync(gate::open);
      assertThat(client.readUntil(5_000, Http2ServiceTest::endsStream))
          .filteredOn(Http2ServiceTest::endsStream)
          .extracting(Frame::stream)
          .doesNotHaveDuplicates();
      opener.get(Waiting.LIMIT.toSeconds(), SECONDS);
    }
    assertThat(service.mostStreamsAtOnce()).isEqualTo(5_000);
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void bodyWaitsForTheWindow() throws Exception {
    Http2Service service = Http2Service.answering(r -> Http2Answer.status(200).bodyOf(100));
    ScriptedServer server = start(service.clearText());
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none().initialWindowSize(30))) {
      client.send(Frame.headers(1, RawClient.get("/")).endStream());
      assertThat(client.await(Frame.DATA).length()).isEqualTo(30);
      client.send(Frame.ping(1));
      assertThat(client.read().type()).isEqualTo(Frame.PING);
      client.send(Frame.windowUpdate(1, 40));
      assertThat(client.read().length()).isEqualTo(40);
      client.send(Frame.settings(Http2Settings.none().initialWindowSize(1_000)));
      Frame last = client.await(Frame.DATA);
      assertThat(last.length()).isEqualTo(30);
      assertThat(last.has(Frame.END_STREAM)).isTrue();
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void connectionWindowIsSharedByTurns() throws Exception {
    Http2Service service = Http2Service.answering(r -> Http2Answer.status(200).bodyOf(40_000));
    ScriptedServer server = start(service.clearText());
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(Frame.headers(1, RawClient.get("/")).endStream());
      client.send(Frame.headers(3, RawClient.get("/")).endStream());
      long total = 0;
      while (total < 65_535) {
        total += client.await(Frame.DATA).length();
      }
      assertThat(total).isEqualTo(65_535);
      client.send(Frame.windowUpdate(0, 80_000 - 65_535));
      List<Frame> rest = client.readUntil(f -> f.stream() == 3 && f.has(Frame.END_STREAM));
      assertThat(rest.stream().mapToInt(Frame::length).sum()).isEqualTo(80_000 - 65_535);
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void answerCanHaveHintsTrailersAndAReset() throws Exception {
    Http2Service service =
        Http2Service.answering(
            request ->
                switch (request.headers().path()) {
                  case "/hints" ->
                      Http2Answer.ok("x")
                          .informational(HeaderBlock.status(103).field("link", "</a>"))
                          .trailer("t", "1");
                  case "/empty" -> Http2Answer.status(204).trailer("t", "2");
                  case "/half" -> Http2Answer.ok("half").reset(ErrorCodes.INTERNAL_ERROR);
                  default -> Http2Answer.status(200).reset(ErrorCodes.REFUSED_STREAM);
                });
    ScriptedServer server = start(service.clearText());
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.readUntil(f -> f.type() == Frame.SETTINGS && f.has(Frame.ACK));
      client.send(Frame.headers(1, RawClient.get("/hints")).endStream());
      assertThat(types(client.readUntil(f -> f.has(Frame.END_STREAM))))
          .containsExactly("HEADERS", "HEADERS", "DATA", "HEADERS");
      client.send(Frame.headers(3, RawClient.get("/empty")).endStream());
      assertThat(types(client.readUntil(f -> f.has(Frame.END_STREAM))))
          .containsExactly("HEADERS", "HEADERS");
      client.send(Frame.headers(5, RawClient.get("/half")).endStream());
      assertThat(types(client.readUntil(f -> f.type() == Frame.RST_STREAM)))
          .containsExactly("HEADERS", "DATA", "RST_STREAM");
      client.send(Frame.headers(7, RawClient.get("/no")).endStream());
      assertThat(client.read().intAt(0)).isEqualTo(ErrorCodes.REFUSED_STREAM);
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void saysGoAwayAfterSoManyStreams() throws Exception {
    Http2Service service =
        Http2Service.answering(request -> Http2Answer.ok("hello")).goAwayAfter(2);
    ScriptedServer server = start(service.clearText());
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(
          IntStream.of(1, 3, 5)
              .mapToObj(id -> Frame.headers(id, RawClient.get("/")).endStream())
              .toArray(Frame[]::new));
      assertThat(client.await(Frame.GOAWAY).intAt(0)).isEqualTo(3);
      client.readUntil(f -> f.stream() == 3 && f.has(Frame.END_STREAM));
      assertThat(client.atEnd()).isTrue();
    }
    assertThat(service.streamsByConnection()).containsExactly(2);
  }

  @Test
  void uploadIsGivenNewWindowAndCounted() throws Exception {
    Http2Service service =
        Http2Service.answering(r -> Http2Answer.ok(r.bodyLength() + " " + r.body().length));
    ScriptedServer server = start(service.clearText());
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(Frame.headers(1, RawClient.post("/").field("expect", "100-continue")));
      Frame go = client.await(Frame.HEADERS);
      assertThat(go.payload()).isEqualTo(HeaderBlock.status(100).bytes());
      for (int i = 0; i < 100; i++) {
        client.send(Frame.data(1, new byte[16_000]));
        client.await(Frame.WINDOW_UPDATE);
        assertThat(client.read().stream()).isOne();
      }
      client.send(Frame.data(1).endStream());
      assertThat(client.await(Frame.DATA).payload()).asString().isEqualTo("1600000 1048576");
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void handlerThatFailsIsAProblem() throws Exception {
    Http2Service service =
        Http2Service.answering(
            request -> {
              throw new IllegalStateException("no idea");
            });
    ScriptedServer server = start(service.clearText());
    try (server) {
      try (RawClient client = RawClient.begin(server, Http2Settings.none())) {
        client.send(Frame.headers(1, RawClient.get("/")).endStream());
        client.readUntil(f -> f.has(Frame.ACK));
      }
      assertThat(server.awaitEnd(1, Waiting.LIMIT)).isTrue();
    }
    assertThat(server.problems()).singleElement().asString().contains("no answer to GET /");
  }

  private static boolean endsStream(Frame frame) {
    return frame.type() == Frame.DATA && frame.has(Frame.END_STREAM);
  }

  private static List<String> types(List<Frame> frames) {
    return frames.stream().map(frame -> Frame.name(frame.type())).toList();
  }

  private static ScriptedServer start(ConnectionScript script) {
    return ScriptedServer.builder("thousands").otherConnections(script).start();
  }
}
