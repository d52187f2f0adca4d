package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.CLOSE;
import static io.httptrace.client.contract.WebSocketPeer.frame;
import static io.httptrace.client.contract.WebSocketPeer.readFrame;
import static io.httptrace.client.contract.WebSocketPeer.shakeHands;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.contract.WebSocketPeer.Frame;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers for what is said over WebSockets, and what they have been sent. */
abstract class WebSocketTalk extends Contract {
  /** What the server has been sent. */
  final List<Frame> frames = new CopyOnWriteArrayList<>();

  final Gate done = new Gate();

  /** What a server does after the handshake. */
  interface Talk {
    void with(ServerConnection connection) throws Exception;
  }

  final ScriptedServer talking(Talk talk) {
    return serve(
        connection -> {
          shakeHands(connection);
          talk.with(connection);
        });
  }

  /** A server that notes what it is sent, until the client says Close, and says that too. */
  final ScriptedServer noting() {
    return talking(this::noteAll);
  }

  final void noteAll(ServerConnection connection) throws Exception {
    Frame frame;
    do {
      frame = readFrame(connection);
      frames.add(frame);
    } while (frame.opcode() != CLOSE);
    connection.send(frame(CLOSE, true, frame.payload()));
    done.open();
  }

  final List<String> noted() throws InterruptedException {
    assertThat(done.await(SOON)).isTrue();
    assertThat(frames).allMatch(Frame::masked);
    return frames.stream().map(Frame::toString).toList();
  }

  final WebSocket connect(Subject subject, ScriptedServer server, WebSocket.Listener listener)
      throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/talk");
    return soon(client(subject).newWebSocketBuilder().buildAsync(uri, listener));
  }

  static URI uri(String scheme, ScriptedServer server) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + "/talk?a");
  }

  static WebSocket open(TracingHttpClient client, URI uri, WebSocket.Listener listener)
      throws Exception {
    return soon(client.newWebSocketBuilder().buildAsync(uri, listener));
  }

  static void keepOpen(ServerConnection connection) throws IOException {
    shakeHands(connection);
    connection.readToEnd();
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
