package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.BINARY;
import static io.httptrace.client.contract.WebSocketPeer.CLOSE;
import static io.httptrace.client.contract.WebSocketPeer.PING;
import static io.httptrace.client.contract.WebSocketPeer.PONG;
import static io.httptrace.client.contract.WebSocketPeer.TEXT;
import static io.httptrace.client.contract.WebSocketPeer.close;
import static io.httptrace.client.contract.WebSocketPeer.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.time.Gate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What listeners of WebSockets hear. */
final class WebSocketReceivingTest extends WebSocketTalk {
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
}
