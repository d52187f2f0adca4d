package io.httptrace.conformance.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.http2.hpack.HpackDecoder;
import io.httptrace.conformance.http2.hpack.ReceivedField;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ScriptedHttp2ConnectionTest {
  private final AtomicReference<Object> seen = new AtomicReference<>();

  @Test
  void sendsExactlyTheBytesOfTheScript() throws Exception {
    byte[] odd = {0, 0, 1, 77, -1, 0, 0, 0, 9, 42};
    ScriptedServer server =
        start(
            http2 -> {
              http2.readPreface();
              http2.send(odd);
              http2.send(Frame.of(77, 255, 9, (byte) 42));
              http2.connection().close();
            });
    try (server;
        RawClient client = RawClient.connect(server)) {
      client.send(RawClient.PREFACE);
      assertThat(client.readBytes(20)).startsWith(odd).endsWith(odd);
      assertThat(client.atEnd()).isTrue();
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void frameIsWrittenAsTheRfcSays() {
    assertThat(Frame.windowUpdate(3, 0x7fffffff).bytes())
        .containsExactly(0, 0, 4, 8, 0, 0, 0, 0, 3, 0x7f, -1, -1, -1);
    assertThat(Frame.goAway(5, ErrorCodes.ENHANCE_YOUR_CALM).bytes())
        .containsExactly(0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 11);
    assertThat(Frame.settings(Http2Settings.none().maxConcurrentStreams(1)).bytes())
        .containsExactly(0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1);
    assertThat(Frame.data(1, "ab").endStream().bytes())
        .containsExactly(0, 0, 2, 0, 1, 0, 0, 0, 1, 'a', 'b');
    assertThat(Frame.of(0, 0, 0, new byte[70_000]).bytes()).startsWith(1, 0x11, 0x70);
  }

  @Test
  void readsARequestAndAnswersIt() throws Exception {
    ScriptedServer server =
        start(
            http2 -> {
              http2.begin(Http2Settings.none().maxConcurrentStreams(7));
              ReceivedHeaders request = http2.awaitRequest();
              http2.respond(request.stream(), 200, "hello");
              http2.awaitSettingsAck();
              http2.connection().close();
            });
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(Frame.headers(1, RawClient.get("/x")).endStream());
      assertThat(client.read().toString()).isEqualTo("SETTINGS stream=0 flags=0x0 length=6");
      assertThat(client.read().toString()).isEqualTo("SETTINGS stream=0 flags=0x1 length=0");
      Frame head = client.read();
      assertThat(new HpackDecoder().decode(head.payload()))
          .containsExactly(
              ReceivedField.of(":status", "200"), ReceivedField.of("content-length", "5"));
      assertThat(client.read().payload()).asString().isEqualTo("hello");
      client.send(Frame.settingsAck());
      assertThat(client.atEnd()).isTrue();
    }
    assertThat(server.problems()).isEmpty();
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).requestLine()).isEqualTo("GET /x HTTP/2.0");
    assertThat(server.requests().get(0).fieldLines()).containsExactly(":authority: localhost");
  }

  @Test
  void headerBlocksMayBeContinuedAndPadded() throws Exception {
    ScriptedServer server =
        start(http2 -> seen.set(http2.begin(Http2Settings.none()).awaitRequest()));
    byte[] block = RawClient.get("/long").bytes();
    byte[] first = new byte[1 + 5 + 3 + 2];
    first[0] = 2;
    System.arraycopy(block, 0, first, 6, 3);
    byte[] rest = Arrays.copyOfRange(block, 3, block.length);
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(
          Frame.of(Frame.HEADERS, Frame.PADDED | Frame.WITH_PRIORITY | Frame.END_STREAM, 1, first),
          Frame.continuation(1),
          Frame.continuation(1, rest).with(Frame.END_HEADERS));
      server.awaitRequests(1);
    }
    assertThat(server.requests().get(0).requestLine()).isEqualTo("GET /long HTTP/2.0");
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void whatComesInTheMeantimeIsKept() throws Exception {
    ScriptedServer server =
        start(
            http2 -> {
              http2.begin(Http2Settings.none());
              ReceivedHeaders first = http2.awaitRequest();
              ReceivedHeaders second = http2.awaitRequest();
              seen.set(
                  List.of(
                      http2.awaitReset(second.stream()),
                      new String(http2.readBody(first), US_ASCII),
                      http2.await(Frame.PING).intAt(4),
                      http2.awaitGoAway()));
              http2.connection().close();
            });
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(
          Frame.headers(1, RawClient.post("/a")),
          Frame.ping(5),
          Frame.data(1, "a"),
          Frame.headers(3, RawClient.post("/b")),
          Frame.data(1, "b").endStream(),
          Frame.goAway(0, 2),
          Frame.reset(3, ErrorCodes.CANCEL));
      client.readUntil(frame -> frame.type() == Frame.PING && frame.has(Frame.ACK));
      assertThat(client.await(Frame.WINDOW_UPDATE).intAt(0)).isEqualTo(1);
      client.readToEnd();
    }
    assertThat(server.problems()).isEmpty();
    assertThat(seen.get()).isEqualTo(List.of(ErrorCodes.CANCEL, "ab", 5, 2));
  }

  @Test
  void scriptCanDoEverythingByItself() throws Exception {
    ScriptedServer server =
        start(
            http2 -> {
              http2.withoutAnswers().withoutGrants().begin(Http2Settings.none());
              http2.readBody(http2.awaitRequest());
              http2.send(Frame.goAway(1, 0));
              http2.connection().close();
            });
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(
          Frame.ping(1), Frame.headers(1, RawClient.post("/")), Frame.data(1, "x").endStream());
      assertThat(client.readUntil(frame -> frame.type() == Frame.GOAWAY))
          .extracting(Frame::toString)
          .containsExactly(
              "SETTINGS stream=0 flags=0x0 length=0", "GOAWAY stream=0 flags=0x0 length=8");
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void waitsAtAGate() throws Exception {
    Gate gate = new Gate();
    ScriptedServer server =
        start(
            http2 -> {
              http2.begin(Http2Settings.none());
              http2.awaitRequest();
              http2.connection().await(gate);
              http2.send(Frame.reset(1, ErrorCodes.INTERNAL_ERROR));
              http2.connection().close();
            });
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.send(Frame.headers(1, RawClient.get("/")).endStream());
      server.awaitRequests(1);
      gate.open();
      assertThat(client.await(Frame.RST_STREAM).intAt(0)).isEqualTo(ErrorCodes.INTERNAL_ERROR);
    }
    assertThat(server.problems()).isEmpty();
  }

  @Test
  void goesOnAfterAnUpgrade() throws Exception {
    ScriptedServer server =
        ScriptedServer.builder("h2c")
            .connections(
                connection -> {
                  ScriptedHttp2Connection http2 = ScriptedHttp2Connection.upgraded(connection);
                  http2.begin(Http2Settings.none());
                  ReceivedHeaders request = http2.awaitRequest();
                  seen.set(request.fields());
                  http2.respond(request.stream(), 204, "");
                  connection.close();
                })
            .start();
    try (server;
        RawClient client = RawClient.connect(server)) {
      String ask =
          """
          GET /up HTTP/1.1
          Host: h
          X-A: b
          Connection: Upgrade, HTTP2-Settings
          Upgrade: h2c
          HTTP2-Settings: AAMAAABk

          """;
      client.send(ask.replace("\n", "\r\n").getBytes(US_ASCII));
      assertThat(new String(client.readBytes(71), US_ASCII)).startsWith("HTTP/1.1 101 ");
      client.send(RawClient.PREFACE);
      client.send(Frame.settings(Http2Settings.none()));
      assertThat(client.await(Frame.HEADERS).stream()).isOne();
    }
    assertThat(server.problems()).isEmpty();
    assertThat(server.requests()).hasSize(1);
    assertThat(seen.get())
        .hasToString("[:method: GET, :scheme: http, :path: /up, :authority: h, x-a: b]");
  }

  @Test
  void clientThatBreaksTheRulesIsAProblem() throws Exception {
    assertThat(problemWith(Frame.headers(2, RawClient.get("/")))).contains("not its own");
    assertThat(problemWith(Frame.data(1, "x"))).contains("not opened");
    assertThat(problemWith(Frame.windowUpdate(0, 0))).contains("without an increment");
    assertThat(problemWith(Frame.of(Frame.PING, 0, 0))).contains("wrong length");
    assertThat(problemWith(Frame.settingsAck(), Frame.settingsAck())).contains("of nothing");
    assertThat(problemWith(Frame.continuation(1))).contains("nothing is to be continued");
    assertThat(problemWith(Frame.of(Frame.DATA, 0, 1, new byte[16_385]))).contains("16384");
    assertThat(
            problemWith(
                Frame.headers(1, RawClient.get("/")).without(Frame.END_HEADERS), Frame.ping(1)))
        .contains("within the block");
    assertThat(
            problemWith(
                Frame.headers(1, RawClient.get("/")).endStream(), Frame.data(1, "too late")))
        .contains("after the end");
  }

  @Test
  void clientMustKeepWithinTheWindow() throws Exception {
    Frame most = Frame.data(1, new byte[16_384]);
    assertThat(problemWith(Frame.headers(1, RawClient.post("/")), most, most, most, most))
        .contains("beyond the window");
  }

  @Test
  void requestHasToBeWellFormed() throws Exception {
    HeaderBlock get = RawClient.get("/");
    assertThat(problemWith(Frame.headers(1, get.field("Upper", "1")))).contains("lower case");
    assertThat(problemWith(Frame.headers(1, get.field("connection", "close"))))
        .contains("for a connection");
    assertThat(problemWith(Frame.headers(1, get.field("te", "gzip")))).contains("not allowed");
    assertThat(problemWith(Frame.headers(1, get.field("a", "1").field(":path", "/"))))
        .contains("comes after");
    assertThat(problemWith(Frame.headers(1, get.field(":path", "/")))).contains("must not");
    assertThat(problemWith(Frame.headers(1, HeaderBlock.empty().field(":method", "GET"))))
        .contains("not complete");
  }

  private static String problemWith(Frame... frames) throws Exception {
    ScriptedServer server =
        start(
            http2 -> {
              http2.withoutGrants().begin(Http2Settings.none());
              http2.awaitGoAway();
            });
    try (server;
        RawClient client = RawClient.begin(server, Http2Settings.none())) {
      client.read();
      client.send(frames);
      client.send(Frame.goAway(0, 0));
      while (server.problems().isEmpty() && !server.openConnections().isEmpty()) {
        client.read();
      }
    } catch (IOException closedByTheServer) {
      assertThat(closedByTheServer).isNotNull();
    }
    return String.join("|", server.problems());
  }

  /** Plays over clear text. */
  private static ScriptedServer start(Play play) {
    ConnectionScript script = connection -> play.with(ScriptedHttp2Connection.over(connection));
    return ScriptedServer.builder("raw").connections(script).start();
  }

  private interface Play {
    void with(ScriptedHttp2Connection http2) throws Exception;
  }
}
