package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.BINARY;
import static io.httptrace.client.contract.WebSocketPeer.TEXT;
import static io.httptrace.client.contract.WebSocketPeer.close;
import static io.httptrace.client.contract.WebSocketPeer.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.contract.WebSocketPeer.Frame;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What is sent over WebSockets, and what is not. */
final class WebSocketSendingTest extends WebSocketTalk {
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

  @BothClients
  void closeMayFollowWhatIsBeingSent(Subject subject) throws Exception {
    WebSocket socket = connect(subject, noting(), new Heard());

    CompletableFuture<WebSocket> text = socket.sendText("one", true);
    CompletableFuture<WebSocket> close = socket.sendClose(1000, "");
    soon(text);
    soon(close);

    assertThat(noted()).containsExactly("1.one", "8.1000");
  }
}
