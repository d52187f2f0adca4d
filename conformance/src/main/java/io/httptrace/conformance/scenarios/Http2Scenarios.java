package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.Capability.CLOSE_BODY_EARLY;
import static io.httptrace.conformance.Capability.COOKIE_SPLITTING;
import static io.httptrace.conformance.Capability.DIAL_AT_STREAM_LIMIT;
import static io.httptrace.conformance.Capability.FAILURE_KEEPS_CONNECTION;
import static io.httptrace.conformance.Capability.HTTP2_CONTENT_LENGTH;
import static io.httptrace.conformance.Capability.HTTP2_WITHOUT_KEEP_ALIVE;
import static io.httptrace.conformance.Capability.INFORMATIONAL_RESPONSES;
import static io.httptrace.conformance.Capability.LATE_BINDING;
import static io.httptrace.conformance.Capability.RESET_KEEPS_CONNECTION;
import static io.httptrace.conformance.Capability.RETRY;
import static io.httptrace.conformance.Capability.RETRY_AFTER_GOAWAY;
import static io.httptrace.conformance.Capability.RETRY_REFUSED_STREAM;
import static io.httptrace.conformance.Capability.SINGLE_DIAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.http2.ErrorCodes;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ReceivedHeaders;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.run.Cue;
import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.util.List;

/** HTTP/2 over TLS (RFC 9113). There is no {@code putIdleConn}: connections are shared. */
final class Http2Scenarios {
  private static final ServerTls TLS = ServerTls.with(TestCertificate.GOOD);

  @Scenario("h2-get")
  void get(Run run) throws Exception {
    run.server("origin", hello(1));
    run.check();
  }

  @Scenario("h2-get-reuse")
  void connectionIsReused(Run run) throws Exception {
    run.server("origin", hello(2));
    run.check();
  }

  @Scenario("h2-head")
  void head(Run run) throws Exception {
    HeaderBlock head = HeaderBlock.status(200).field("content-length", "5");
    run.server(
        "origin",
        speaking(
            http2 -> {
              int stream = http2.awaitRequest().stream();
              http2.send(Frame.headers(stream, head).endStream());
            }));
    run.check();
  }

  @Scenario("h2-204")
  void noContent(Run run) throws Exception {
    run.server(
        "origin",
        speaking(
            http2 -> {
              for (int i = 0; i < 2; i++) {
                int stream = http2.awaitRequest().stream();
                http2.send(Frame.headers(stream, HeaderBlock.status(204)).endStream());
              }
            }));
    run.check();
  }

  @Scenario("h2-alpn-http1")
  void serverThatOnlySpeaksHttp11GetsThat(Run run) throws Exception {
    run.server(
        "origin",
        connection -> {
          connection.startTls(TLS);
          Answers.of(Answers.HELLO, Answers.HELLO).run(connection);
        });
    run.check();
  }

  @Scenario(value = "h2-post", needs = HTTP2_CONTENT_LENGTH)
  void postOfKnownLength(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", uploaded("some request body"));
    run.check();
    assertThat(origin.requests().get(0).values("content-length")).containsExactly("17");
  }

  @Scenario("h2-post-streamed")
  void postOfUnknownLength(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", uploaded("some streamed body"));
    run.check();
    assertThat(origin.requests().get(0).values("content-length")).isEmpty();
  }

  @Scenario("h2-multi-value-headers")
  void eachValueIsAFieldOfItsOwn(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", hello(1));
    run.check();
    assertThat(origin.requests().get(0).values("x-multi")).containsExactly("one", "two");
  }

  @Scenario(value = "h2-cookie-split", needs = COOKIE_SPLITTING)
  void eachCookieIsAFieldOfItsOwn(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", hello(1));
    run.check();
    assertThat(origin.requests().get(0).values("cookie")).containsExactly("a=1", "b=2");
  }

  @Scenario(value = "h2-disable-keepalives", needs = HTTP2_WITHOUT_KEEP_ALIVE)
  void withoutKeepAliveEachRequestHasAConnection(Run run) throws Exception {
    run.server("origin", hello(1), hello(1));
    run.check();
  }

  @Scenario(value = "h2-103", needs = INFORMATIONAL_RESPONSES)
  void eachHintIsReported(Run run) throws Exception {
    run.server(
        "origin",
        speaking(
            http2 -> {
              int stream = http2.awaitRequest().stream();
              http2.send(
                  hint(stream, "</a.css>; rel=preload"), hint(stream, "</b.js>; rel=preload"));
              http2.respond(stream, 200, "hello");
            }));
    run.check();
  }

  @Scenario(value = "h2-unsolicited-100", needs = INFORMATIONAL_RESPONSES)
  void anUnexpectedContinueIsReportedToo(Run run) throws Exception {
    run.server(
        "origin",
        speaking(
            http2 -> {
              int stream = http2.awaitRequest().stream();
              http2.send(Frame.headers(stream, HeaderBlock.status(100)));
              http2.respond(stream, 200, "hello");
            }));
    run.check();
  }

  @Scenario(
      value = "h2-1xx-hook-error",
      needs = {FAILURE_KEEPS_CONNECTION, INFORMATIONAL_RESPONSES})
  void hookThatAbortsEndsTheStreamOnly(Run run) throws Exception {
    Gate reset = new Gate();
    run.insteadOfSleep(Run.open(reset));
    run.server(
        "origin",
        speaking(
            http2 -> {
              int stream = http2.awaitRequest().stream();
              http2.send(hint(stream, "</a.css>"));
              http2.awaitReset(stream);
              reset.open();
              http2.respond(http2.awaitRequest().stream(), 200, "hello");
            }));
    run.check();
  }

  @Scenario("h2-expect-100")
  void bodyGoesWhenTheServerContinues(Run run) throws Exception {
    run.server(
        "origin",
        speaking(
            http2 -> {
              ReceivedHeaders request = http2.awaitRequest();
              assertThat(request.values("expect"))
                  .hasSize(1)
                  .allMatch("100-continue"::equalsIgnoreCase);
              http2.send(Frame.headers(request.stream(), HeaderBlock.status(100)));
              answerUpload(http2, request, "expected body");
            }));
    run.check();
  }

  @Scenario("h2-expect-timeout")
  void bodyGoesAfterTheWait(Run run) throws Exception {
    run.server("origin", uploaded("expected body"));
    run.check();
  }

  @Scenario("h2-cancel")
  void cancellingEndsTheStreamOnly(Run run) throws Exception {
    Gate reset = new Gate();
    run.cancelWhen("r1", run.seen("r1.wroteRequest"));
    run.insteadOfSleep(Run.open(reset));
    run.server(
        "origin",
        speaking(
            http2 -> {
              http2.awaitReset(http2.awaitRequest().stream());
              reset.open();
              http2.respond(http2.awaitRequest().stream(), 200, "hello");
            }));
    run.check();
  }

  /**
   * Closing a body need not wait until the reset is sent; here the next request waits for it. The
   * reply to the PING shows that the client has noticed that it was sent.
   */
  @Scenario(value = "h2-body-closed-early", needs = CLOSE_BODY_EARLY)
  void closingTheBodyEarlyEndsTheStreamOnly(Run run) throws Exception {
    Gate reset = new Gate();
    run.startWhen("r2", Run.open(reset));
    HeaderBlock head = HeaderBlock.status(200).field("content-length", "100000");
    run.server(
        "origin",
        speaking(
            http2 -> {
              for (int i = 0; i < 2; i++) {
                int stream = http2.awaitRequest().stream();
                http2.send(Frame.headers(stream, head), Frame.data(stream, new byte[1_000]));
                http2.awaitReset(stream);
                http2.send(Frame.ping(i));
                http2.await(Frame.PING);
                reset.open();
              }
            }));
    run.check();
  }

  /** The stream is reset after the client has read the bytes before, so that none are dropped. */
  @Scenario(value = "h2-rst-after-headers", needs = RESET_KEEPS_CONNECTION)
  void resetStreamEndsTheBodyOnly(Run run) throws Exception {
    Cue read = run.read("r1", 4);
    HeaderBlock head = HeaderBlock.status(200).field("content-length", "10");
    run.server(
        "origin",
        speaking(
            http2 -> {
              int stream = http2.awaitRequest().stream();
              http2.send(Frame.headers(stream, head), Frame.data(stream, "half"));
              read.await();
              http2.send(Frame.reset(stream, ErrorCodes.INTERNAL_ERROR));
              http2.respond(http2.awaitRequest().stream(), 200, "hello");
            }));
    run.check();
  }

  @Scenario(
      value = "h2-refused-stream-retry",
      needs = {RETRY, RETRY_REFUSED_STREAM})
  void refusedRequestIsRepeatedOnTheSameConnection(Run run) throws Exception {
    run.server(
        "origin",
        speaking(
            http2 -> {
              int stream = http2.awaitRequest().stream();
              http2.send(Frame.reset(stream, ErrorCodes.REFUSED_STREAM));
              http2.respond(http2.awaitRequest().stream(), 200, "hello");
            }));
    run.check();
  }

  /** The client has to close the connection, not the server. */
  @Scenario(
      value = "h2-goaway-then-retry",
      needs = {RETRY, RETRY_AFTER_GOAWAY})
  void requestThatGoAwayLeavesOutIsRepeatedOnAnother(Run run) throws Exception {
    run.server(
        "origin",
        speaking(
            http2 -> {
              int stream = http2.awaitRequest().stream();
              http2.respond(stream, 200, "hello");
              http2.awaitRequest();
              http2.send(Frame.goAway(stream, ErrorCodes.NO_ERROR));
            }),
        hello(1));
    run.check();
  }

  @Scenario("h2-parallel-streams")
  void streamsShareTheConnection(Run run) throws Exception {
    run.startWhen("r3", run.seen("r2.wroteRequest"));
    run.startWhen("r4", run.seen("r3.wroteRequest"));
    List<Cue> cues =
        List.of(run.seen("r4.wroteRequest"), run.seen("r2.bodyClosed"), run.seen("r3.bodyClosed"));
    run.server(
        "origin",
        speaking(
            http2 -> {
              http2.respond(http2.awaitRequest().stream(), 200, "hello");
              List<ReceivedHeaders> waiting =
                  List.of(http2.awaitRequest(), http2.awaitRequest(), http2.awaitRequest());
              for (int i = 0; i < 3; i++) {
                cues.get(i).await();
                http2.respond(byPath(waiting, "/wait" + (i + 1)), 200, "hello");
              }
            }));
    run.check();
  }

  @Scenario(
      value = "h2-server-max-streams",
      needs = {DIAL_AT_STREAM_LIMIT, SINGLE_DIAL})
  void oneStreamTooManyMakesAnotherConnection(Run run) throws Exception {
    run.startWhen("r3", run.seen("r2.wroteRequest"));
    Cue others = run.seen("r3.bodyClosed");
    Http2Settings one = Http2Settings.none().maxConcurrentStreams(1);
    run.server(
        "origin",
        speaking(
            one,
            http2 -> {
              http2.respond(http2.awaitRequest().stream(), 200, "hello");
              int stream = http2.awaitRequest().stream();
              others.await();
              http2.respond(stream, 200, "hello");
            }),
        speaking(one, http2 -> http2.respond(http2.awaitRequest().stream(), 200, "hello")));
    run.check();
  }

  @Scenario(value = "h2-late-binding", needs = LATE_BINDING)
  void bothTakeTheConnectionThatIsReadyFirst(Run run) throws Exception {
    run.startWhen("r2", run.seen("r1.tlsHandshakeStart"));
    Cue bothDial = run.seen("r2.tlsHandshakeStart");
    Cue firstIsOver = run.seen("r1.bodyClosed");
    Cue secondIsOver = run.seen("r2.bodyClosed");
    ConnectionScript serving =
        speaking(
            http2 -> {
              List<ReceivedHeaders> both = List.of(http2.awaitRequest(), http2.awaitRequest());
              http2.respond(byPath(both, "/"), 200, "hello");
              firstIsOver.await();
              http2.respond(byPath(both, "/later"), 200, "hello");
            });
    run.server(
        "origin",
        connection -> {
          bothDial.await();
          serving.run(connection);
        },
        connection -> {
          secondIsOver.await();
          ScriptedHttp2Connection.overTls(connection, TLS)
              .send(Frame.settings(Http2Settings.none()));
        });
    run.check();
  }

  private interface Play {
    void with(ScriptedHttp2Connection http2) throws Exception;
  }

  private static ConnectionScript speaking(Play play) {
    return speaking(Http2Settings.none(), play);
  }

  private static ConnectionScript speaking(Http2Settings settings, Play play) {
    return connection ->
        play.with(ScriptedHttp2Connection.overTls(connection, TLS).begin(settings));
  }

  private static ConnectionScript hello(int requests) {
    return speaking(
        http2 -> {
          for (int i = 0; i < requests; i++) {
            http2.respond(http2.awaitRequest().stream(), 200, "hello");
          }
        });
  }

  private static ConnectionScript uploaded(String body) {
    return speaking(http2 -> answerUpload(http2, http2.awaitRequest(), body));
  }

  private static void answerUpload(
      ScriptedHttp2Connection http2, ReceivedHeaders request, String body) throws IOException {
    assertThat(http2.readBody(request)).asString().isEqualTo(body);
    http2.respond(request.stream(), 200, "hello");
  }

  private static Frame hint(int stream, String link) {
    return Frame.headers(stream, HeaderBlock.status(103).field("link", link));
  }

  private static int byPath(List<ReceivedHeaders> requests, String path) {
    return requests.stream()
        .filter(request -> request.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no request for " + path + " in " + requests))
        .stream();
  }
}
