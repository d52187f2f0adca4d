package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.shakeHands;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.net.http.WebSocket;
import org.junit.jupiter.api.Test;

/** The end of a client that has WebSockets. */
final class WebSocketShutdownTest extends WebSocketTalk {
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
    TracingHttpClient client = TracingHttpClient.newBuilder().build();
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
    ScriptedServer server = serve(WebSocketTalk::keepOpen);
    Heard heard = new Heard();
    TracingHttpClient client = TracingHttpClient.newBuilder().build();
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
    TracingHttpClient client = TracingHttpClient.newBuilder().build();
    var future = client.newWebSocketBuilder().buildAsync(uri("ws", server), new Heard());
    assertThat(asked.await(SOON)).isTrue();

    client.shutdownNow();

    assertThat(failure(future)).isInstanceOf(IOException.class);
    assertThat(client.awaitTermination(SOON)).isTrue();
  }
}
