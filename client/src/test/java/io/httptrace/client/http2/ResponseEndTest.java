package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.conformance.body.PublishedBody;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a response ends, and what may come before its end. */
class ResponseEndTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();

  /** Sends frames in answer to a request, and answers the next one as it should be. */
  private interface Answer {
    Frame[] to(int stream) throws Exception;
  }

  private HttpResponse<String> send(String method, Answer answer) throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("odd")
                .connections(
                    connection -> {
                      ScriptedHttp2Connection http2 =
                          ScriptedHttp2Connection.over(connection).begin(Http2Settings.none());
                      http2.send(answer.to(http2.awaitRequest().stream()));
                      http2.respond(http2.awaitRequest().stream(), 200, "next");
                      connection.awaitPeerClose();
                    })
                .start());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      try {
        return client.send(
            request.method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
      } finally {
        assertThat(client.send(request.GET().build(), BodyHandlers.ofString()).body())
            .isEqualTo("next");
        assertThat(server.accepted()).isEqualTo(1);
      }
    }
  }

  private void isRefused(String method, String why, Answer answer) {
    assertThatThrownBy(() -> send(method, answer))
        .hasRootCauseInstanceOf(Http2Exception.class)
        .rootCause()
        .hasMessageContaining(why);
  }

  @Test
  void trailersEndIt() throws Exception {
    HttpResponse<String> response =
        send(
            "GET",
            stream ->
                new Frame[] {
                  Frame.headers(stream, HeaderBlock.status(200)),
                  Frame.data(stream, "abc"),
                  Frame.headers(stream, HeaderBlock.empty().field("x", "y")).endStream()
                });

    assertThat(response.body()).isEqualTo("abc");
  }

  @Test
  void trailersDoNotMakeUpForMissingContent() {
    isRefused(
        "GET",
        "10 bytes early",
        stream ->
            new Frame[] {
              Frame.headers(stream, HeaderBlock.status(200).field("content-length", "10")),
              Frame.headers(stream, HeaderBlock.empty().field("x", "y")).endStream()
            });
  }

  @Test
  void headHasNoContent() {
    isRefused(
        "HEAD",
        "can have none",
        stream ->
            new Frame[] {
              Frame.headers(stream, HeaderBlock.status(200)), Frame.data(stream, "abc").endStream()
            });
  }

  @Test
  void noContentHasNoContent() {
    isRefused(
        "GET",
        "can have none",
        stream ->
            new Frame[] {
              Frame.headers(stream, HeaderBlock.status(204)), Frame.data(stream, "abc").endStream()
            });
  }

  @Test
  void anEmptyFrameEndsWhatHasNoContent() throws Exception {
    HttpResponse<String> response =
        send(
            "HEAD",
            stream ->
                new Frame[] {
                  Frame.headers(stream, HeaderBlock.status(200).field("content-length", "10")),
                  Frame.data(stream, "").endStream()
                });

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void whatCameBeforeAResetIsDelivered() throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("resets")
                .connections(
                    connection -> {
                      ScriptedHttp2Connection http2 =
                          ScriptedHttp2Connection.over(connection).begin(Http2Settings.none());
                      int stream = http2.awaitRequest().stream();
                      http2.send(
                          Frame.headers(stream, HeaderBlock.status(200)),
                          Frame.data(stream, "abc"),
                          Frame.data(stream, "def"),
                          Frame.reset(stream, 0));
                      connection.awaitPeerClose();
                    })
                .start());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      PublishedBody body =
          PublishedBody.of(client.send(request, BodyHandlers.ofPublisher()).body());

      assertThat(body.readNBytes(6)).asString().isEqualTo("abcdef");
      assertThatThrownBy(body::read)
          .isInstanceOf(IOException.class)
          .hasRootCauseInstanceOf(Http2Exception.class);
    }
  }

  @Test
  void aHeadWithoutAStatusIsAFirstByteToo() throws Exception {
    List<String> hooks = new CopyOnWriteArrayList<>();
    ClientTrace trace =
        ClientTrace.builder()
            .wroteRequest(info -> hooks.add("wroteRequest"))
            .gotFirstResponseByte(() -> hooks.add("gotFirstResponseByte"))
            .gotResponse(info -> hooks.add("gotResponse"))
            .roundTripDone(info -> hooks.add("roundTripDone " + info.outcome()))
            .build();
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("odd")
                .connections(
                    connection -> {
                      ScriptedHttp2Connection http2 =
                          ScriptedHttp2Connection.over(connection).begin(Http2Settings.none());
                      int stream = http2.awaitRequest().stream();
                      http2.send(
                          Frame.headers(stream, HeaderBlock.empty().field("x", "y")).endStream());
                      connection.awaitPeerClose();
                    })
                .start());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      assertThatThrownBy(
              () -> client.send(TracedRequest.of(request, trace), BodyHandlers.discarding()))
          .isInstanceOf(ResponseException.class);
    }

    assertThat(hooks)
        .containsExactlyInAnyOrder("wroteRequest", "gotFirstResponseByte", "roundTripDone FAILED")
        .endsWith("roundTripDone FAILED");
  }
}
