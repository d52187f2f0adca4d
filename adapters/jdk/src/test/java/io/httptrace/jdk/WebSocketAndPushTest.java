package io.httptrace.jdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.TraceContext;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ReceivedHeaders;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that have more than one response, or none. */
class WebSocketAndPushTest {
  private static final ServerTls TLS = ServerTls.with(TestCertificate.GOOD);
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final SeenHooks seen = new SeenHooks();
  private final HttpClient client =
      HttpClient.newBuilder().sslContext(TestCertificate.trustingContext()).build();

  @AfterEach
  void closes() {
    Clients.close(client);
  }

  private static String accept(String key) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
    return Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void theHandshakeOfAWebSocketIsACallThatEndsWithItsResponse() throws Exception {
    try (ScriptedServer server =
        Servers.with(
            connection -> {
              String key = connection.readRequest().values("Sec-WebSocket-Key").get(0);
              connection.send(
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                      + accept(key)
                      + "\r\n\r\n");
            })) {
      URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/");
      WebSocket socket =
          TraceContext.empty()
              .withClientTrace(seen)
              .call(
                  () ->
                      client
                          .newWebSocketBuilder()
                          .buildAsync(uri, new WebSocket.Listener() {})
                          .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS));

      assertThat(seen.events())
          .containsExactly(
              "roundTripStart(1 FIRST)",
              "getConn",
              "connectStart",
              "connectDone(none)",
              "gotConn(reused=false wasIdle=false)",
              "wroteHeaderField",
              "wroteHeaders",
              "wroteRequest(none)",
              "gotFirstResponseByte",
              "gotResponse(101 HTTP/1.1)",
              "roundTripDone(COMPLETED none)");
      assertThat(seen.fields()).contains("Sec-WebSocket-Key", "Upgrade");
      socket.abort();
    }
  }

  @Test
  void whatTheServerPushesIsNotTakenForTheResponse() throws Exception {
    ConcurrentMap<HttpRequest, CompletableFuture<HttpResponse<String>>> pushed =
        new ConcurrentHashMap<>();
    try (ScriptedServer server = Servers.with(WebSocketAndPushTest::pushes)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/")).build();
      HttpResponse<String> response =
          client
              .sendAsync(
                  JdkTracing.traced(request, seen),
                  BodyHandlers.ofString(),
                  PushPromiseHandler.of(promise -> BodyHandlers.ofString(), pushed))
              .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(response.body()).isEqualTo("hello");
      List<String> bodies = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> each : pushed.values()) {
        bodies.add(each.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).body());
      }
      assertThat(bodies).containsExactly("pushed");
      assertThat(seen.events())
          .containsExactly(
              "roundTripStart(1 FIRST)",
              "getConn",
              "connectStart",
              "connectDone(none)",
              "tlsHandshakeStart",
              "tlsHandshakeDone(TLSv1.3 h2 none)",
              "gotConn(reused=false wasIdle=false)",
              "wroteHeaderField",
              "wroteHeaders",
              "wroteRequest(none)",
              "gotFirstResponseByte",
              "gotResponse(200 HTTP/2)",
              "roundTripDone(COMPLETED none)");
    }
  }

  private static void pushes(ServerConnection connection) throws Exception {
    ScriptedHttp2Connection http2 =
        ScriptedHttp2Connection.overTls(connection, TLS).begin(Http2Settings.none());
    ReceivedHeaders request = http2.awaitRequest();
    int stream = request.stream();
    HeaderBlock promise =
        HeaderBlock.empty()
            .field(":method", "GET")
            .field(":scheme", "https")
            .field(":authority", request.values(":authority").get(0))
            .field(":path", "/style.css");
    http2.send(
        Frame.pushPromise(stream, 2, promise),
        Frame.headers(2, HeaderBlock.status(200)),
        Frame.data(2, "pushed").endStream());
    http2.respond(stream, 200, "hello");
    http2.awaitGoAway();
  }
}
