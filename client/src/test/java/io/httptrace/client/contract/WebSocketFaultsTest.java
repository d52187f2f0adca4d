package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.PING;
import static io.httptrace.client.contract.WebSocketPeer.TEXT;
import static io.httptrace.client.contract.WebSocketPeer.frame;
import static io.httptrace.client.contract.WebSocketPeer.readFrame;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What ends WebSockets before their time. */
final class WebSocketFaultsTest extends WebSocketTalk {
  @BothClients
  void whatAListenerThrowsIsItsError(Subject subject) throws Exception {
    RuntimeException thrown = new IllegalStateException("no");
    Heard heard =
        new Heard() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            throw thrown;
          }
        };
    WebSocket socket =
        connect(subject, talking(connection -> connection.send(frame(TEXT, "x"))), heard);

    heard.await(2);
    assertThat(heard.error).isSameAs(thrown);
    assertThat(socket.isInputClosed()).isTrue();
  }

  /** The JDK's client does not look at the stage. */
  @Test
  void whatAStageFailsWithIsItsError() throws Exception {
    CompletableFuture<Void> received = new CompletableFuture<>();
    Heard heard =
        new Heard() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            super.onText(socket, data, last);
            return received;
          }
        };
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(frame(TEXT, "x"));
              connection.readToEnd();
            });
    WebSocket socket = connect(Subject.HTTPTRACE, server, heard);
    heard.await(2);

    Exception failure = new IllegalStateException("lost");
    received.completeExceptionally(failure);

    assertThat(heard.await(3)).containsExactly("open", "text x.", "error IllegalStateException");
    assertThat(heard.error).isSameAs(failure);
    assertThat(socket.isOutputClosed()).isTrue();
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  /** It is said what is wrong, unless the peer does not read. */
  @Test
  void faultEndsWhatIsBeingSent() throws Exception {
    Gate over = new Gate();
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(frame(3, "x"));
              connection.await(over);
            });
    Heard heard = new Heard(0);
    WebSocket socket = connect(Subject.HTTPTRACE, server, heard);
    CompletableFuture<WebSocket> sent = socket.sendBinary(ByteBuffer.allocate(64 << 20), true);

    socket.request(1);

    assertThat(heard.await(2)).containsExactly("open", "error ProtocolException");
    assertThat(failure(sent)).isInstanceOf(IOException.class);
    over.open();
  }

  /** RFC 6455, section 7.1.7; the JDK's client does not say why it closes the connection. */
  private void faultIsAnsweredWith(Subject subject, byte[] fault, String answer) throws Exception {
    Heard heard = new Heard();
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(fault);
              if (subject == Subject.HTTPTRACE) {
                frames.add(readFrame(connection));
              }
              done.open();
            });
    WebSocket socket = connect(subject, server, heard);

    assertThat(noted())
        .containsExactly(subject == Subject.HTTPTRACE ? new String[] {answer} : new String[0]);
    assertThat(heard.await(2)).hasSize(2);
    assertThat(heard.error).isInstanceOf(ProtocolException.class);
    assertThat(socket.isInputClosed()).isTrue();
    assertThat(server.awaitEnd(1, SOON)).isTrue();
    assertThat(socket.isOutputClosed()).isTrue();
  }

  @BothClients
  void unknownOpcodeIsAFault(Subject subject) throws Exception {
    faultIsAnsweredWith(subject, frame(3, "x"), "8.1002");
  }

  /** The JDK's client delivers a frame in pieces, and has no limit. Only the head is sent. */
  @Test
  void frameThatIsTooLongIsAFault() throws Exception {
    byte[] head = {(byte) 0x82, 127, 0, 0, 0, 0, 1, 0, 0, 1}; // 16 MiB and one byte
    faultIsAnsweredWith(Subject.HTTPTRACE, head, "8.1009");
  }

  @BothClients
  void continuationOfNothingIsAFault(Subject subject) throws Exception {
    faultIsAnsweredWith(subject, frame(0, "x"), "8.1002");
  }

  @BothClients
  void reservedBitIsAFault(Subject subject) throws Exception {
    faultIsAnsweredWith(subject, new byte[] {(byte) 0xc1, 1, 'x'}, "8.1002");
  }

  @BothClients
  void maskIsAFault(Subject subject) throws Exception {
    faultIsAnsweredWith(subject, new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x'}, "8.1002");
  }

  @BothClients
  void longPingIsAFault(Subject subject) throws Exception {
    faultIsAnsweredWith(subject, frame(PING, "x".repeat(126)), "8.1002");
  }

  @BothClients
  void textThatIsNotUtf8IsAFault(Subject subject) throws Exception {
    faultIsAnsweredWith(subject, frame(TEXT, true, new byte[] {(byte) 0xff}), "8.1007");
  }

  // ---- The end ----

  @BothClients
  void abortClosesBothSidesAtOnce(Subject subject) throws Exception {
    ScriptedServer server = talking(ServerConnection::readToEnd);
    Heard heard = new Heard();
    WebSocket socket = connect(subject, server, heard);
    heard.await(1);

    socket.abort();

    assertThat(socket.isInputClosed()).isTrue();
    assertThat(socket.isOutputClosed()).isTrue();
    assertThat(server.awaitEnd(1, SOON)).isTrue();
    assertThat(failure(socket.sendText("late", true))).isInstanceOf(IOException.class);
    socket.abort();
  }
}
