package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.shakeHands;
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
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What only this client has to say of WebSockets: hooks, and its own ends and limits. */
final class WebSocketHooksTest extends Contract {
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

  private static URI uri(String scheme, ScriptedServer server) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + "/talk?a");
  }

  private static WebSocket open(TracingHttpClient client, URI uri, WebSocket.Listener listener)
      throws Exception {
    return soon(client.newWebSocketBuilder().buildAsync(uri, listener));
  }

  private static void keepOpen(ServerConnection connection) throws IOException {
    shakeHands(connection);
    connection.readToEnd();
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

  // ---- Hooks ----

  @Test
  void handshakeIsARequestThatEndsWithItsResponse() throws Exception {
    ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
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
    ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      TraceContext context = TraceContext.empty().withClientTrace(recorder);
      context.call(() -> open(client, uri("ws", server), new Heard())).abort();
    }
    assertThat(roundTrips(recorder)).containsExactly("FIRST 101 COMPLETED");
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
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
    ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
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
    ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
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
    ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
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

  // ---- Limits ----

  @Test
  void frameThatIsTooLongIsAFault() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    ScriptedServer server =
        serve(
            connection -> {
              shakeHands(connection);
              ByteBuffer head = ByteBuffer.allocate(10);
              head.put((byte) 0x82).put((byte) 127).putLong((16L << 20) + 1);
              connection.send(head.array());
              said.add(WebSocketPeer.readFrame(connection).toString().substring(0, 6));
            });
    Heard heard = new Heard();
    try (TracingHttpClient client = tracing().build()) {
      open(client, uri("ws", server), heard);
      heard.await(2);
      assertThat(heard.error).isInstanceOf(ProtocolException.class);
      assertThat(server.awaitEnd(1, SOON)).isTrue();
    }
    assertThat(said).containsExactly("8.1009");
  }

  /** Only the last of several Pings needs an answer (RFC 6455, section 5.5.3). */
  @BothClients
  void lastPingIsAnswered(Subject subject) throws Exception {
    Gate answered = new Gate();
    ScriptedServer server =
        serve(
            connection -> {
              shakeHands(connection);
              for (int i = 1; i <= 500; i++) {
                connection.send(WebSocketPeer.frame(WebSocketPeer.PING, "" + i));
              }
              while (!WebSocketPeer.readFrame(connection).toString().equals("10.500")) {
                // an answer to one before
              }
              answered.open();
              connection.readToEnd();
            });
    Heard heard = new Heard();
    WebSocket socket =
        soon(client(subject).newWebSocketBuilder().buildAsync(uri("ws", server), heard));
    assertThat(answered.await(SOON)).isTrue();
    assertThat(heard.await(501)).hasSize(501);
    socket.abort();
  }

  // ---- Threads ----

  @Test
  void listenersAreNotCalledByTheThreadsThatReadAndWrite() throws Exception {
    List<String> threads = new CopyOnWriteArrayList<>();
    ScriptedServer server =
        serve(
            connection -> {
              shakeHands(connection);
              connection.send(WebSocketPeer.frame(WebSocketPeer.TEXT, "x"));
              connection.readToEnd();
            });
    Heard heard =
        new Heard() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            threads.add(Thread.currentThread().getName());
            return super.onText(socket, data, last);
          }
        };
    try (TracingHttpClient client = tracing().build()) {
      WebSocket socket = open(client, uri("ws", server), heard);
      heard.await(2);
      socket
          .sendText("y", true)
          .thenRun(() -> threads.add(Thread.currentThread().getName()))
          .get(SOON.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
      socket.abort();
    }
    assertThat(threads).hasSize(2).noneMatch(name -> name.contains("-io-"));
  }

  @Test
  void listenersAreCalledByTheExecutor() throws Exception {
    List<String> threads = new CopyOnWriteArrayList<>();
    ExecutorService executor = Executors.newSingleThreadExecutor(r -> new Thread(r, "mine"));
    try {
      ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
      Heard heard =
          new Heard() {
            @Override
            public void onOpen(WebSocket socket) {
              threads.add(Thread.currentThread().getName());
              super.onOpen(socket);
            }
          };
      HttpClient client = client(Subject.HTTPTRACE, builder -> builder.executor(executor));
      WebSocket socket = soon(client.newWebSocketBuilder().buildAsync(uri("ws", server), heard));
      heard.await(1);
      socket.abort();
      assertThat(server.awaitEnd(1, SOON)).isTrue();
    } finally {
      executor.shutdown();
    }
    assertThat(threads).containsExactly("mine");
  }

  @BothClients
  void whatDependsOnTheFutureMayWaitForAMessage(Subject subject) throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              shakeHands(connection);
              connection.send(WebSocketPeer.frame(WebSocketPeer.TEXT, "x"));
              connection.readToEnd();
            });
    Heard heard = new Heard();
    CompletableFuture<WebSocket> opened =
        client(subject)
            .newWebSocketBuilder()
            .buildAsync(uri("ws", server), heard)
            .thenApply(
                socket -> {
                  try {
                    heard.await(2);
                  } catch (InterruptedException e) {
                    throw new CompletionException(e);
                  }
                  return socket;
                });
    soon(opened).abort();
  }

  @Test
  void manyTalkAtOnce() throws Exception {
    HttpClient client = client(Subject.HTTPTRACE);
    ScriptedServer server =
        serveAlways(
            connection -> {
              shakeHands(connection);
              WebSocketPeer.Frame frame = WebSocketPeer.readFrame(connection);
              while (frame.opcode() != WebSocketPeer.CLOSE) {
                connection.send(WebSocketPeer.frame(frame.opcode(), true, frame.payload()));
                connection.send(WebSocketPeer.frame(WebSocketPeer.PING, "!"));
                do {
                  frame = WebSocketPeer.readFrame(connection);
                } while (frame.opcode() == WebSocketPeer.PONG);
              }
              connection.send(WebSocketPeer.frame(WebSocketPeer.CLOSE, true, frame.payload()));
            });
    List<Heard> all = new ArrayList<>();
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Heard heard = new Heard();
      all.add(heard);
      CompletableFuture<WebSocket> talk =
          client.newWebSocketBuilder().buildAsync(uri("ws", server), heard);
      for (int j = 0; j < 10; j++) {
        String text = "message " + j;
        talk = talk.thenCompose(socket -> socket.sendText(text, true));
      }
      ends.add(talk.thenCompose(socket -> socket.sendClose(1000, "")));
    }
    for (CompletableFuture<?> end : ends) {
      soon(end);
    }
    for (Heard heard : all) {
      assertThat(heard.await(22))
          .startsWith("open", "text message 0.")
          .endsWith("close 1000  true");
    }
  }

  // ---- The end of the client ----

  @Test
  void shutdownWaitsForTheWebSocket() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              shakeHands(connection);
              WebSocketPeer.Frame frame = WebSocketPeer.readFrame(connection);
              connection.send(WebSocketPeer.frame(WebSocketPeer.TEXT, frame.toString()));
              WebSocketPeer.readFrame(connection);
              connection.send(WebSocketPeer.close(1000, ""));
            });
    Heard heard = new Heard();
    TracingHttpClient client = tracing().build();
    WebSocket socket = open(client, uri("ws", server), heard);
    client.shutdown();

    assertThat(failure(client.newWebSocketBuilder().buildAsync(uri("ws", server), new Heard())))
        .isInstanceOf(IOException.class);
    soon(socket.sendText("still there", true));
    assertThat(heard.await(2)).endsWith("text 1.still there.");
    assertThat(client.isTerminated()).isFalse();
    soon(socket.sendClose(1000, ""));

    assertThat(heard.await(3)).endsWith("close 1000  true");
    assertThat(client.awaitTermination(SOON)).isTrue();
  }

  @Test
  void shutdownNowEndsTheWebSocketWithAnError() throws Exception {
    ScriptedServer server = serve(WebSocketHooksTest::keepOpen);
    Heard heard = new Heard();
    TracingHttpClient client = tracing().build();
    WebSocket socket = open(client, uri("ws", server), heard);
    heard.await(1);

    client.shutdownNow();

    assertThat(heard.await(2)).containsExactly("open", "error IOException");
    assertThat(client.awaitTermination(SOON)).isTrue();
    assertThat(socket.isInputClosed()).isTrue();
    assertThat(socket.isOutputClosed()).isTrue();
    assertThat(failure(socket.sendText("late", true))).isInstanceOf(IOException.class);
  }

  @Test
  void shutdownNowEndsTheHandshake() throws Exception {
    Gate asked = new Gate();
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              asked.open();
              connection.awaitPeerClose();
            });
    TracingHttpClient client = tracing().build();
    var future = client.newWebSocketBuilder().buildAsync(uri("ws", server), new Heard());
    assertThat(asked.await(SOON)).isTrue();

    client.shutdownNow();

    assertThat(failure(future)).isInstanceOf(IOException.class);
    assertThat(client.awaitTermination(SOON)).isTrue();
  }

  @Test
  void surplusAfterAnUnaskedSwitchIsDropped() throws Exception {
    ScriptedServer server =
        answerAndClose(
            "HTTP/1.1 101 Switching\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\nsurplus");
    try (TracingHttpClient client = tracing().build()) {
      assertThat(client.send(get(server), BodyHandlers.discarding()).statusCode()).isEqualTo(101);
    }
  }
}
