package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.RoundTripReason;
import io.httptrace.TraceContext;
import io.httptrace.client.ProxyRoute;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.server.ProxyScripts;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The hooks of WebSockets: a handshake is a request that ends with its response. */
final class WebSocketHooksTest extends WebSocketTalk {
  private final TraceRecorder recorder = new TraceRecorder();
  private final List<HttpRequest> traced = new CopyOnWriteArrayList<>();

  private TracingHttpClientBuilder tracing() {
    return TracingHttpClient.newBuilder()
        .trustManager(TestCertificate.trusting())
        .clientTrace(
            request -> {
              traced.add(request);
              return recorder;
            });
  }

  private static List<String> hooks(TraceRecorder recorder) {
    return recorder.timeline().events().stream()
        .map(TraceEvent::hook)
        .map(Hook::methodName)
        .toList();
  }

  private static List<String> roundTrips(TraceRecorder recorder) {
    return recorder.timeline().roundTrips().stream().map(WebSocketHooksTest::line).toList();
  }

  private static String line(RoundTrip roundTrip) {
    return roundTrip.reason() + " " + roundTrip.status().orElse(0) + " " + roundTrip.outcome();
  }

  @Test
  void handshakeIsARequestThatEndsWithItsResponse() throws Exception {
    ScriptedServer server = serve(WebSocketTalk::keepOpen);
    try (TracingHttpClient client = tracing().build()) {
      WebSocket socket = open(client, uri("ws", server), new Heard());
      socket.abort();
    }
    assertThat(hooks(recorder))
        .containsExactly(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "roundTripDone");
    assertThat(roundTrips(recorder)).containsExactly("FIRST 101 COMPLETED");
    RoundTrip roundTrip = recorder.timeline().roundTrips().get(0);
    assertThat(roundTrip.requestHeaders())
        .extracting(field -> field.name())
        .containsExactly(
            "Host",
            "User-Agent",
            "Connection",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Version",
            "Upgrade");
    String target = "http://127.0.0.1:" + server.port() + "/talk?a";
    assertThat(roundTrip.uri(Redaction.NONE)).isEqualTo(target);
    assertThat(traced).extracting(HttpRequest::uri).containsExactly(URI.create(target));
  }

  @Test
  void secureHandshakeShakesHandsTwice() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.startTls(ServerTls.with(TestCertificate.GOOD));
              keepOpen(connection);
            });
    try (TracingHttpClient client = tracing().build()) {
      open(client, uri("wss", server), new Heard()).abort();
    }
    assertThat(hooks(recorder))
        .containsSubsequence(
            "connectDone", "tlsHandshakeStart", "tlsHandshakeDone", "gotConn", "gotResponse")
        .doesNotContain("putIdleConn");
  }

  @Test
  void traceIsThatOfTheCallersContext() throws Exception {
    ScriptedServer server = serve(WebSocketTalk::keepOpen);
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      TraceContext context = TraceContext.empty().withClientTrace(recorder);
      context.call(() -> open(client, uri("ws", server), new Heard())).abort();
    }
    assertThat(roundTrips(recorder)).containsExactly("FIRST 101 COMPLETED");
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    ScriptedServer server = serve(WebSocketTalk::keepOpen);
    ScriptedServer first =
        answer(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                + server.port()
                + "/there\r\nContent-Length: 0\r\n\r\n");
    try (TracingHttpClient client = tracing().followRedirects(Redirect.NORMAL).build()) {
      open(client, uri("ws", first), new Heard()).abort();
    }
    assertThat(roundTrips(recorder))
        .containsExactly("FIRST 302 COMPLETED", "REDIRECT 101 COMPLETED");
    ReceivedRequestHead head = server.requests().get(0);
    assertThat(head.values("Upgrade")).containsExactly("websocket");
    assertThat(head.values("Connection")).containsExactly("Upgrade");
    assertThat(head.values("Sec-WebSocket-Key")).hasSize(1);
  }

  @Test
  void connectionOfARefusalIsUsedForTheNextHandshakeOnly() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 404 Nope\r\nContent-Length: 0\r\n\r\n");
              keepOpen(connection);
            },
            connection -> {
              connection.readRequest();
              connection.send(ok("fine"));
            });
    try (TracingHttpClient client = tracing().build()) {
      assertThat(failure(client.newWebSocketBuilder().buildAsync(uri("ws", server), new Heard())))
          .isInstanceOf(IOException.class);
      client.send(get(server), BodyHandlers.discarding());
      open(client, uri("ws", server), new Heard()).abort();
    }
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void keepAliveOffChangesNothing() throws Exception {
    ScriptedServer server = serve(WebSocketTalk::keepOpen);
    try (TracingHttpClient client = tracing().keepAlive(false).build()) {
      open(client, uri("ws", server), new Heard()).abort();
    }
    assertThat(server.requests().get(0).values("Connection")).containsExactly("Upgrade");
  }

  @Test
  void tunnelThatIsRefusedIsARoundTrip() throws Exception {
    ScriptedServer proxy =
        serve(
            connection -> {
              connection.readHead();
              connection.send("HTTP/1.1 503 Not now\r\n\r\n");
            });
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = tracing().proxy(route).build()) {
      assertThat(
              failure(
                  client
                      .newWebSocketBuilder()
                      .buildAsync(URI.create("ws://example.test/"), new Heard())))
          .hasMessageContaining("refused CONNECT: 503");
    }
    assertThat(recorder.timeline().roundTrips())
        .extracting(RoundTrip::reason)
        .containsExactly(RoundTripReason.FIRST);
    assertThat(hooks(recorder))
        .containsExactly(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "proxyConnectStart",
            "proxyConnectDone",
            "roundTripDone");
  }

  @Test
  void socksProxyLeadsToTheTarget() throws Exception {
    ScriptedServer server = serve(WebSocketTalk::keepOpen);
    ScriptedServer proxy = serve(ProxyScripts.socks5(server, null, ""));
    ProxyRoute route = ProxyRoute.socks5("127.0.0.1", proxy.port());
    URI uri = URI.create("ws://example.test:" + server.port() + "/");
    try (TracingHttpClient client = tracing().proxy(route).build()) {
      open(client, uri, new Heard()).abort();
    }
    assertThat(proxy.namesAsked()).containsExactly("example.test");
    assertThat(server.requests().get(0).requestLine()).isEqualTo("GET / HTTP/1.1");
  }

  @Test
  void proxyThatAsksIsAnswered() throws Exception {
    ScriptedServer server = serve(WebSocketTalk::keepOpen);
    ScriptedServer proxy =
        serve(
            connection -> {
              connection.readHead();
              connection.send(
                  "HTTP/1.1 407 Who\r\nProxy-Authenticate: Digest realm=\"x\", nonce=\"n\"\r\n\r\n");
            },
            connection -> {
              connection.readHead();
              connection.send("HTTP/1.1 200 Fine\r\n\r\n");
              connection.relayTo(server.port());
            });
    Authenticator user =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("user", "open".toCharArray());
          }
        };
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = tracing().proxy(route).authenticator(user).build()) {
      open(client, URI.create("ws://a.test:" + server.port() + "/"), new Heard()).abort();
    }
    assertThat(roundTrips(recorder))
        .containsExactly("FIRST 0 FAILED", "AUTHENTICATION 101 COMPLETED");
    assertThat(proxy.requests().get(1).values("Proxy-Authorization").get(0))
        .startsWith("Digest username=\"user\"");
    assertThat(server.requests().get(0).values("Proxy-Authorization")).isEmpty();
  }
}
