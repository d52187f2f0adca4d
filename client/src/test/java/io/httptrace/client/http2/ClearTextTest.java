package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/2 without TLS: at once, or after the server has been asked. */
class ClearTextTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final ClientTrace trace =
      ClientTrace.builder()
          .gotConn(
              info -> log.add("gotConn reused=" + info.reused() + " wasIdle=" + info.wasIdle()))
          .wroteHeaderField(
              (name, values) -> {
                if (!name.equalsIgnoreCase("User-Agent")
                    && !name.equalsIgnoreCase("Host")
                    && !name.startsWith(":authority")) {
                  log.add(
                      name
                          + (name.equals("HTTP2-Settings") ? "" : ": " + String.join(",", values)));
                }
              })
          .wroteRequest(info -> log.add("wroteRequest"))
          .gotFirstResponseByte(() -> log.add("gotFirstResponseByte"))
          .got1xxResponse((status, headers) -> log.add("got1xxResponse " + status))
          .gotResponse(info -> log.add(info.status() + " " + info.protocol()))
          .putIdleConn(error -> log.add("putIdleConn"))
          .build();

  private ScriptedServer serve(ConnectionScript script) {
    return guard.watch(ScriptedServer.builder("clear").connections(script).start());
  }

  private HttpRequest.Builder to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
  }

  private HttpResponse<String> send(TracingHttpClient client, HttpRequest.Builder request)
      throws Exception {
    log.clear();
    return client.send(TracedRequest.of(request.build(), trace), BodyHandlers.ofString());
  }

  @Test
  void withPriorKnowledgeItIsSpokenAtOnce() throws Exception {
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("hello"));
    ScriptedServer server = serve(service.clearText());
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      HttpResponse<String> response = send(client, to(server));

      assertThat(response.version()).isEqualTo(Version.HTTP_2);
      assertThat(response.body()).isEqualTo("hello");
      assertThat(log)
          .containsExactly(
              "gotConn reused=false wasIdle=false",
              ":method: GET",
              ":path: /",
              ":scheme: http",
              "wroteRequest",
              "gotFirstResponseByte",
              "200 HTTP/2");
    }
  }

  /** Whether the server is noticed to be none before the request is written or after it. */
  @Test
  void aServerThatDoesNotKnowItIsNotAskedAgain() {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("old")
                .otherConnections(
                    connection -> {
                      connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                      connection.awaitPeerClose();
                    })
                .start());
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> send(client, to(server))).isInstanceOf(IOException.class);
        assertThat(server.accepted()).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void aServerThatIsAskedGoesOnInHttp2() throws Exception {
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("hello"));
    ScriptedServer server = serve(service.upgraded());
    try (TracingHttpClient client = TracingHttpClient.newBuilder().http2Upgrade(true).build()) {
      HttpResponse<String> first = send(client, to(server));

      assertThat(first.version()).isEqualTo(Version.HTTP_2);
      assertThat(first.body()).isEqualTo("hello");
      assertThat(log)
          .containsExactly(
              "gotConn reused=false wasIdle=false",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings",
              "wroteRequest",
              "gotFirstResponseByte",
              "200 HTTP/2");

      HttpResponse<String> second =
          send(client, to(server).POST(BodyPublishers.ofString("something")));

      assertThat(second.version()).isEqualTo(Version.HTTP_2);
      assertThat(log.subList(0, 4))
          .containsExactly(
              "gotConn reused=true wasIdle=true", ":method: POST", ":path: /", ":scheme: http");
      assertThat(log).doesNotContain("putIdleConn");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void afterTheUpgradeRequestsShareTheConnection() throws Exception {
    Gate gate = new Gate();
    Http2Service service =
        Http2Service.answering(
            request ->
                request.headers().path().equals("/later")
                    ? Http2Answer.ok("later").after(gate)
                    : Http2Answer.ok("hello"));
    ScriptedServer server = serve(service.upgraded());
    try (TracingHttpClient client = TracingHttpClient.newBuilder().http2Upgrade(true).build()) {
      send(client, to(server));
      List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        HttpRequest later =
            to(server).uri(URI.create("http://127.0.0.1:" + server.port() + "/later")).build();
        sent.add(client.sendAsync(later, BodyHandlers.ofString()));
      }
      server.awaitRequests(21);
      gate.open();

      for (CompletableFuture<HttpResponse<String>> one : sent) {
        assertThat(one.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("later");
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatDoesNotSwitchIsAskedOnce() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain");
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
              connection.awaitPeerClose();
            });
    try (TracingHttpClient client = TracingHttpClient.newBuilder().http2Upgrade(true).build()) {
      assertThat(send(client, to(server)).version()).isEqualTo(Version.HTTP_1_1);
      assertThat(log).contains("Upgrade: h2c", "200 HTTP/1.1", "putIdleConn");

      assertThat(send(client, to(server)).body()).isEqualTo("again");
      assertThat(log)
          .containsExactly(
              "gotConn reused=true wasIdle=true",
              "wroteRequest",
              "gotFirstResponseByte",
              "200 HTTP/1.1",
              "putIdleConn");
    }
  }

  @Test
  void aRequestWithABodyDoesNotAsk() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain");
              connection.awaitPeerClose();
            });
    try (TracingHttpClient client = TracingHttpClient.newBuilder().http2Upgrade(true).build()) {
      HttpResponse<String> response =
          send(client, to(server).POST(BodyPublishers.ofString("body")));

      assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
      assertThat(log).doesNotContain("Upgrade: h2c");
    }
  }

  @Test
  void withoutBeingSetNeitherIsTried() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain");
              connection.awaitPeerClose();
            });
    try (TracingHttpClient client = TracingHttpClient.newBuilder().build()) {
      assertThat(send(client, to(server)).version()).isEqualTo(Version.HTTP_1_1);
      assertThat(log).noneMatch(line -> line.startsWith("Upgrade"));
    }
  }
}
