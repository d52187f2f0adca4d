package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.BINARY;
import static io.httptrace.client.contract.WebSocketPeer.CLOSE;
import static io.httptrace.client.contract.WebSocketPeer.PING;
import static io.httptrace.client.contract.WebSocketPeer.PONG;
import static io.httptrace.client.contract.WebSocketPeer.TEXT;
import static io.httptrace.client.contract.WebSocketPeer.close;
import static io.httptrace.client.contract.WebSocketPeer.frame;
import static io.httptrace.client.contract.WebSocketPeer.readFrame;
import static io.httptrace.client.contract.WebSocketPeer.shakeHands;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.contract.WebSocketPeer.Frame;
import io.httptrace.conformance.Gate;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is said over WebSockets. */
final class WebSocketTest extends Contract {
  /** What the server has been sent. */
  private final List<Frame> frames = new CopyOnWriteArrayList<>();

  private final Gate done = new Gate();

  /** What a server does after the handshake. */
  private interface Talk {
    void with(ServerConnection connection) throws Exception;
  }

  private ScriptedServer talking(Talk talk) {
    return serve(
        connection -> {
          shakeHands(connection);
          talk.with(connection);
        });
  }

  /** A server that notes what it is sent, until the client says Close, and says that too. */
  private ScriptedServer noting() {
    return talking(this::noteAll);
  }

  private void noteAll(ServerConnection connection) throws Exception {
    Frame frame;
    do {
      frame = readFrame(connection);
      frames.add(frame);
    } while (frame.opcode() != CLOSE);
    connection.send(frame(CLOSE, true, frame.payload()));
    done.open();
  }

  private List<String> noted() throws InterruptedException {
    assertThat(done.await(SOON)).isTrue();
    assertThat(frames).allMatch(Frame::masked);
    return frames.stream().map(Frame::toString).toList();
  }

  private WebSocket connect(Subject subject, ScriptedServer server, WebSocket.Listener listener)
      throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/talk");
    return soon(client(subject).newWebSocketBuilder().buildAsync(uri, listener));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  // ---- Sending ----

  @BothClients
  void messagesAreSent(Subject subject) throws Exception {
    ScriptedServer server = noting();
    Heard heard = new Heard();
    WebSocket socket = connect(subject, server, heard);

    assertThat(soon(socket.sendText("h\u00e9llo \ud83d\ude00", true))).isSameAs(socket);
    soon(socket.sendText("", true));
    ByteBuffer binary = bytes("raw");
    soon(socket.sendBinary(binary, true));
    assertThat(binary.hasRemaining()).isFalse();
    ByteBuffer ping = bytes("are you there?");
    soon(socket.sendPing(ping));
    assertThat(ping.hasRemaining()).isFalse();
    soon(socket.sendPong(bytes("I am here")));
    assertThat(socket.isOutputClosed()).isFalse();
    soon(socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye"));
    assertThat(socket.isOutputClosed()).isTrue();

    assertThat(noted())
        .containsExactly(
            "1.h\u00e9llo \ud83d\ude00",
            "1.",
            "2.raw",
            "9.are you there?",
            "10.I am here",
            "8.1000bye");
    assertThat(heard.await(2)).containsExactly("open", "close 1000 bye true");
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  @BothClients
  void partsOfAMessageAreContinued(Subject subject) throws Exception {
    WebSocket socket = connect(subject, noting(), new Heard());

    soon(socket.sendText("one ", false));
    soon(socket.sendPing(bytes("between")));
    soon(socket.sendText("two ", false));
    soon(socket.sendText("three", true));
    soon(socket.sendBinary(bytes("1"), false));
    soon(socket.sendBinary(bytes("2"), true));
    soon(socket.sendClose(1001, ""));

    assertThat(noted())
        .containsExactly("1+one ", "9.between", "0+two ", "0.three", "2+1", "0.2", "8.1001");
  }

  @BothClients
  void longMessagesArriveWhole(Subject subject) throws Exception {
    WebSocket socket = connect(subject, noting(), new Heard());
    byte[] content = new byte[200_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    String text = "\u20ac\ud83d\ude00a".repeat(20_000);

    soon(socket.sendBinary(ByteBuffer.wrap(content), true));
    soon(socket.sendText(text, true));
    soon(socket.sendClose(1000, ""));

    noted();
    assertThat(joined(BINARY)).isEqualTo(content);
    assertThat(new String(joined(TEXT), UTF_8)).isEqualTo(text);
  }

  /** The content of the message that begins with a frame of this kind. */
  private byte[] joined(int opcode) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean inside = false;
    for (Frame frame : frames) {
      inside |= frame.opcode() == opcode;
      if (inside) {
        out.writeBytes(frame.payload());
        inside = !frame.fin();
      }
    }
    return out.toByteArray();
  }

  @BothClients
  void oneKindIsNotMixedWithAnother(Subject subject) throws Exception {
    WebSocket socket = connect(subject, noting(), new Heard());
    soon(socket.sendText("one", false));

    assertThat(failure(socket.sendBinary(bytes("two"), true)))
        .isExactlyInstanceOf(IllegalStateException.class);
    soon(socket.sendText("two", true));
    soon(socket.sendClose(1000, ""));

    assertThat(noted()).containsExactly("1+one", "0.two", "8.1000");
  }

  @BothClients
  void onlyOneMessageIsSentAtATime(Subject subject) throws Exception {
    Gate over = new Gate();
    ScriptedServer server = talking(connection -> connection.await(over));
    WebSocket socket = connect(subject, server, new Heard(0));
    CompletableFuture<WebSocket> sent = socket.sendBinary(ByteBuffer.allocate(64 << 20), true);

    assertThat(failure(socket.sendText("second", true)))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThat(failure(socket.sendBinary(bytes("second"), true)))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThat(sent).isNotDone();

    socket.abort();
    assertThat(failure(sent)).isInstanceOf(IOException.class);
    over.open();
  }

  @BothClients
  void badMessagesAreRefusedAndChangeNothing(Subject subject) throws Exception {
    WebSocket socket = connect(subject, noting(), new Heard());

    assertThat(failure(socket.sendText("half \ud83d", true))).isInstanceOf(IOException.class);
    assertThat(failure(socket.sendPing(ByteBuffer.allocate(126))))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThat(failure(socket.sendPong(ByteBuffer.allocate(126))))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThat(failure(socket.sendClose(1000, "x".repeat(124))))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThat(failure(socket.sendClose(1000, "half \ud83d")))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> socket.sendText(null, true)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> socket.sendClose(1000, null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> socket.request(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(socket.isOutputClosed()).isFalse();
    soon(socket.sendPing(ByteBuffer.wrap(new byte[125])));
    soon(socket.sendClose(1000, "x".repeat(123)));

    assertThat(noted()).hasSize(2);
  }

  @BothClients
  void codesThatAreNotForClientsAreRefused(Subject subject) throws Exception {
    WebSocket socket = connect(subject, noting(), new Heard());

    for (int code :
        new int[] {
          -1, 0, 999, 1002, 1003, 1004, 1005, 1006, 1007, 1009, 1010, 1012, 1013, 1015, 1016, 2999,
          5000, 65_536
        }) {
      assertThat(failure(socket.sendClose(code, "")))
          .as("code %s", code)
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
    soon(socket.sendClose(4999, ""));
    assertThat(noted()).containsExactly("8.4999");
  }

  @BothClients
  void nothingIsSentAfterClose(Subject subject) throws Exception {
    WebSocket socket = connect(subject, noting(), new Heard(0));
    soon(socket.sendClose(3000, ""));

    assertThat(failure(socket.sendText("late", true))).isInstanceOf(IOException.class);
    assertThat(failure(socket.sendBinary(bytes("late"), true))).isInstanceOf(IOException.class);
    assertThat(failure(socket.sendPing(bytes("late")))).isInstanceOf(IOException.class);
    assertThat(failure(socket.sendPong(bytes("late")))).isInstanceOf(IOException.class);
    assertThat(failure(socket.sendClose(1000, ""))).isInstanceOf(IOException.class);
    assertThat(socket.isInputClosed()).isFalse();
    assertThat(noted()).containsExactly("8.3000");
    socket.abort();
    assertThat(socket.isInputClosed()).isTrue();
  }

  // ---- Receiving ----

  @BothClients
  void messagesAreHeard(Subject subject) throws Exception {
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(frame(TEXT, "h\u00e9llo"));
              connection.send(frame(TEXT, false, bytes("on").array()));
              connection.send(frame(PING, "there?"));
              connection.send(frame(0, true, bytes("e").array()));
              connection.send(frame(BINARY, "raw"));
              connection.send(frame(PONG, "unasked"));
              connection.send(close(1001, "leaving"));
              noteAll(connection);
            });
    Heard heard = new Heard();
    WebSocket socket = connect(subject, server, heard);

    assertThat(heard.await(8))
        .containsExactly(
            "open",
            "text h\u00e9llo.",
            "text on+",
            "ping there?",
            "text e.",
            "binary raw.",
            "pong unasked",
            "close 1001 leaving true");
    assertThat(noted()).containsExactly("10.there?", "8.1001");
    assertThat(server.awaitEnd(1, SOON)).isTrue();
    assertThat(socket.isOutputClosed()).isTrue();
  }

  @BothClients
  void charactersMayBeDivided(Subject subject) throws Exception {
    byte[] euro = "\u20ac\ud83d\ude00".getBytes(UTF_8);
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(frame(TEXT, false, Arrays.copyOfRange(euro, 0, 2)));
              connection.send(frame(0, false, Arrays.copyOfRange(euro, 2, 5)));
              connection.send(frame(0, true, Arrays.copyOfRange(euro, 5, 7)));
              connection.send(close(1000, ""));
              noteAll(connection);
            });
    Heard heard = new Heard();
    connect(subject, server, heard);
    noted();

    assertThat(textOf(heard)).isEqualTo("\u20ac\ud83d\ude00");
  }

  /** All the texts there were, as the JDK's client does not wait for a whole frame. */
  private static String textOf(Heard heard) {
    return heard.calls().stream()
        .filter(call -> call.startsWith("text"))
        .map(call -> call.substring(5, call.length() - 1))
        .reduce("", String::concat);
  }

  @BothClients
  void frameThatComesWithTheHandshakeIsHeard(Subject subject) throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              String answer = WebSocketPeer.switching(connection.readRequest());
              ByteArrayOutputStream all = new ByteArrayOutputStream();
              all.writeBytes(answer.getBytes(UTF_8));
              all.writeBytes(frame(TEXT, "early"));
              all.writeBytes(Arrays.copyOf(frame(TEXT, "halved"), 3));
              connection.send(all.toByteArray());
              byte[] rest = frame(TEXT, "halved");
              connection.send(Arrays.copyOfRange(rest, 3, rest.length));
              connection.send(close(1000, ""));
              noteAll(connection);
            });
    Heard heard = new Heard();
    connect(subject, server, heard);

    noted();
    assertThat(textOf(heard)).isEqualTo("earlyhalved");
    assertThat(heard.calls()).startsWith("open", "text early.").endsWith("close 1000  true");
  }

  @BothClients
  void nothingIsHeardThatWasNotAskedFor(Subject subject) throws Exception {
    ScriptedServer server =
        talking(
            connection -> {
              for (int i = 1; i <= 3; i++) {
                connection.send(frame(TEXT, "" + i));
              }
              connection.send(close(1000, ""));
              noteAll(connection);
            });
    Heard heard = new Heard(0);
    WebSocket socket = connect(subject, server, heard);

    assertThat(heard.await(1)).containsExactly("open");
    socket.request(2);
    assertThat(heard.await(3)).containsExactly("open", "text 1.", "text 2.");
    soon(socket.sendText("still there", true));
    assertThat(heard.calls()).hasSize(3);
    assertThat(socket.isInputClosed()).isFalse();
    socket.request(1);
    assertThat(heard.await(4)).endsWith("text 3.");
    socket.request(1);
    assertThat(heard.await(5)).endsWith("close 1000  true");
    noted();
  }

  @BothClients
  void closeWithoutACodeHasOneForThat(Subject subject) throws Exception {
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(frame(CLOSE, ""));
              noteAll(connection);
            });
    Heard heard = new Heard();
    connect(subject, server, heard);

    assertThat(heard.await(2)).containsExactly("open", "close 1005  true");
    assertThat(noted()).containsExactly("8.1000");
  }

  @BothClients
  void endWithoutCloseHasACodeForThat(Subject subject) throws Exception {
    Heard heard = new Heard();
    WebSocket socket = connect(subject, talking(ServerConnection::close), heard);

    assertThat(heard.await(2)).containsExactly("open", "close 1006  true");
    assertThat(socket.isInputClosed()).isTrue();
  }

  @BothClients
  void resetIsAnError(Subject subject) throws Exception {
    Gate reset = new Gate();
    Heard heard = new Heard();
    WebSocket socket =
        connect(
            subject,
            talking(
                connection -> {
                  connection.await(reset);
                  connection.reset();
                }),
            heard);
    heard.await(1);
    reset.open();

    assertThat(heard.await(2).get(1)).startsWith("error ");
    assertThat(heard.error).isInstanceOf(IOException.class);
    assertThat(socket.isInputClosed()).isTrue();
    assertThat(socket.isOutputClosed()).isTrue();
  }

  @BothClients
  void listenerMayHoldTheCloseBack(Subject subject) throws Exception {
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(close(1000, ""));
              noteAll(connection);
            });
    CompletableFuture<Void> mayClose = new CompletableFuture<>();
    Heard heard =
        new Heard() {
          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            super.onClose(socket, code, reason);
            return mayClose;
          }
        };
    WebSocket socket = connect(subject, server, heard);
    heard.await(2);

    soon(socket.sendText("one more thing", true));
    assertThat(socket.isOutputClosed()).isFalse();
    mayClose.complete(null);

    assertThat(noted()).containsExactly("1.one more thing", "8.1000");
  }

  @BothClients
  void listenerMayCloseInItsOwnWords(Subject subject) throws Exception {
    ScriptedServer server =
        talking(
            connection -> {
              connection.send(close(1000, ""));
              noteAll(connection);
            });
    Heard heard =
        new Heard() {
          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            socket.sendClose(4000, "mine");
            return new CompletableFuture<>();
          }
        };
    connect(subject, server, heard);

    assertThat(noted()).containsExactly("8.4000mine");
  }

  // ---- Faults ----

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
