package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;
import static io.httptrace.conformance.scenarios.Answers.HELLO_AND_CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Requests and responses of HTTP/1.1 (RFC 9112), on new and on reused connections. */
final class Http1Scenarios {
  @Scenario("h1-get")
  void getOverAFreshConnection(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.of(HELLO));
    run.check();
    assertThat(origin.requests().get(0).requestLine()).isEqualTo("GET / HTTP/1.1");
  }

  @Scenario("h1-get-reuse")
  void secondGetReusesTheConnection(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO, HELLO));
    run.check();
  }

  @Scenario("h1-204")
  void connectionIsIdleBeforeA204IsReturned(Run run) throws Exception {
    String noContent = "HTTP/1.1 204 No Content\r\n\r\n";
    run.server("origin", Answers.of(noContent, noContent));
    run.check();
  }

  @Scenario(value = "h1-304", needs = Capability.NO_BODY_IN_304)
  void contentLengthOfA304IsNotThatOfABody(Run run) throws Exception {
    String notModified = "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 5\r\n\r\n";
    run.server("origin", Answers.of(notModified, notModified));
    run.check();
  }

  @Scenario("h1-head")
  void contentLengthOfAHeadIsNotThatOfABody(Run run) throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    run.server("origin", Answers.of(head, head));
    run.check();
  }

  @Scenario("h1-500")
  void a500IsNoErrorForTheHooks(Run run) throws Exception {
    String broken = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops";
    run.server("origin", Answers.of(broken, broken));
    run.check();
  }

  @Scenario("h1-chunked-response")
  void chunkedResponseEndsWithItsLastChunk(Run run) throws Exception {
    String chunked =
        Answers.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
            + Answers.chunks("first---", "second--", "third---")
            + Answers.head("0");
    run.server("origin", Answers.of(chunked, chunked));
    run.check();
  }

  @Scenario("h1-trailers")
  void trailersEndAChunkedResponse(Run run) throws Exception {
    String trailers =
        Answers.head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Check")
            + Answers.chunks("hello")
            + Answers.head("0", "X-Check: 1");
    run.server("origin", Answers.of(trailers, trailers));
    run.check();
  }

  @Scenario(value = "h1-gzip", needs = Capability.COMPRESSION)
  void bytesOfAGzippedBodyAreCountedAfterDecoding(Run run) throws Exception {
    byte[] body = gzip("a line of 34 characters, 100 times".repeat(100));
    String head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n";
    ScriptedServer origin =
        run.server(
            "origin",
            connection -> {
              for (int i = 0; i < 2; i++) {
                connection.readRequest();
                connection.send(head);
                connection.send(body);
              }
            });
    run.settings(settings -> settings.compression(true)).check();
    assertThat(origin.requests().get(0).values("accept-encoding"))
        .singleElement()
        .asString()
        .contains("gzip");
  }

  @Scenario("h1-connection-close")
  void responseCanAskToClose(Run run) throws Exception {
    run.server("origin", Answers.thenClose(HELLO_AND_CLOSE), Answers.thenClose(HELLO_AND_CLOSE));
    run.check();
  }

  @Scenario("h1-request-connection-close")
  void requestCanAskToClose(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO), Answers.of(HELLO));
    run.check();
  }

  @Scenario("h1-disable-keepalives")
  void noConnectionIsReusedWithoutKeepAlive(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO), Answers.of(HELLO));
    run.check();
  }

  @Scenario("h1-http10")
  void endOfConnectionEndsABodyOfHttp10(Run run) throws Exception {
    String old = "HTTP/1.0 200 OK\r\n\r\nhello";
    run.server("origin", Answers.thenClose(old), Answers.thenClose(old));
    run.check();
  }

  @Scenario(value = "h1-body-closed-early", needs = Capability.UNREAD_BODY_CLOSES)
  void connectionWithAnUnreadBodyIsNotReused(Run run) throws Exception {
    String large = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(1_000_000);
    run.server("origin", Answers.of(large), Answers.of(large));
    run.check();
  }

  @Scenario(value = "h1-body-unread-small", needs = Capability.UNREAD_BODY_CLOSES)
  void connectionWithASmallUnreadBodyIsNotReusedEither(Run run) throws Exception {
    run.server("origin", Answers.of(HELLO), Answers.of(HELLO));
    run.check();
  }

  @Scenario("h1-post-length")
  void postOfKnownLength(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.of(HELLO));
    run.check();
    assertThat(origin.requests().get(0).values("content-length")).containsExactly("17");
  }

  @Scenario("h1-post-chunked")
  void postOfUnknownLengthIsChunked(Run run) throws Exception {
    ScriptedServer origin =
        run.server(
            "origin",
            connection -> {
              byte[] body = connection.readBody(connection.readHead());
              assertThat(new String(body, StandardCharsets.US_ASCII))
                  .isEqualTo("some streamed body");
              connection.send(HELLO);
            });
    run.check();
    assertThat(origin.requests().get(0).chunked()).isTrue();
  }

  @Scenario(value = "h1-post-empty", needs = Capability.NO_LENGTH_OF_GET)
  void postWithoutABodySaysSo(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.of(HELLO, HELLO));
    run.check();
    assertThat(origin.requests().get(0).values("content-length")).containsExactly("0");
    assertThat(origin.requests().get(1).values("content-length")).isEmpty();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
