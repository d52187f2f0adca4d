package io.httptrace.asynchttpclient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.netty.ws.NettyWebSocket;
import org.asynchttpclient.ws.WebSocket;
import org.asynchttpclient.ws.WebSocketListener;
import org.asynchttpclient.ws.WebSocketUpgradeHandler;
import org.junit.jupiter.api.Test;

/** The call that opens a WebSocket is traced, and the WebSocket works as without. */
final class WebSocketTest {
  private final HookNames events = new HookNames();

  private static void greet(ServerConnection connection) throws Exception {
    ReceivedRequestHead head = connection.readHead();
    String key = head.values("sec-websocket-key").get(0) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    byte[] hash = MessageDigest.getInstance("SHA-1").digest(key.getBytes(ISO_8859_1));
    connection.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(hash)
            + "\r\n\r\n");
    byte[] text = "hello".getBytes(UTF_8);
    connection.send(new byte[] {(byte) 0x81, (byte) text.length});
    connection.send(text);
    connection.awaitPeerClose();
  }

  /** Takes the first text. */
  private static final class Listening implements WebSocketListener {
    private final CompletableFuture<String> text = new CompletableFuture<>();

    @Override
    public void onOpen(WebSocket websocket) {}

    @Override
    public void onClose(WebSocket websocket, int code, String reason) {}

    @Override
    public void onError(Throwable t) {
      text.completeExceptionally(t);
    }

    @Override
    public void onTextFrame(String payload, boolean finalFragment, int rsv) {
      text.complete(payload);
    }
  }

  @Test
  void theCallEndsWithTheHandshake() throws Exception {
    Listening listening = new Listening();
    AsyncHandler<NettyWebSocket> handler =
        new WebSocketUpgradeHandler.Builder().addWebSocketListener(listening).build();
    try (ScriptedServer server =
            ScriptedServer.builder("server").otherConnections(WebSocketTest::greet).start();
        AsyncHttpClient client =
            asyncHttpClient(AsyncHttpClientTracing.create().install(AhcTestConfig.quick()))) {
      NettyWebSocket socket =
          requireNonNull(
              client
                  .prepareGet("ws://127.0.0.1:" + server.port() + "/")
                  .execute(AsyncHttpClientTracing.traced(handler, events.trace()))
                  .get());

      assertThat(listening.text.get()).isEqualTo("hello");
      assertThat(socket.isOpen()).isTrue();
    }
    assertThat(events.names())
        .containsExactly(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "roundTripDone");
    assertThat(events.recorder().timeline().roundTrips().get(0).outcome()).hasToString("COMPLETED");
  }
}
