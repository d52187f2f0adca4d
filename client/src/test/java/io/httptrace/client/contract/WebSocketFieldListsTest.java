package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.switching;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fields of the answer to a handshake that are lists (RFC 6455, section 4.1). The JDK's client
 * compares them as a whole, and refuses what servers say.
 */
final class WebSocketFieldListsTest extends Contract {
  private static final String CONNECTION = "Connection: Upgrade";
  private static final String UPGRADE = "Upgrade: websocket";

  private CompletableFuture<WebSocket> open(UnaryOperator<String> change) {
    ScriptedServer server =
        serve(
            connection -> {
              ReceivedRequestHead head = connection.readRequest();
              connection.send(change.apply(switching(head)));
              connection.readToEnd();
            });
    return client(Subject.HTTPTRACE)
        .newWebSocketBuilder()
        .subprotocols("chat")
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), new Heard());
  }

  private static UnaryOperator<String> with(String field, String other) {
    return answer -> answer.replace(field + "\r\n", other + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade",
        "Connection: upgrade",
        "connection: UPGRADE",
        "Connection: keep-alive, Upgrade",
        "Connection: Upgrade, Keep-Alive",
        "Connection: ,Upgrade,",
        "Connection:\tUpgrade\t,x",
        "Connection: keep-alive\r\nConnection: Upgrade",
        "Connection: Upgrade\r\nConnection: Upgrade"
      })
  void upgradeMayBeOneOfSeveralConnectionOptions(String fields) throws Exception {
    WebSocket socket = soon(open(with(CONNECTION, fields)));

    assertThat(socket.getSubprotocol()).isEmpty();
    socket.abort();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: WebSocket",
        "Upgrade: websocket,",
        "Upgrade: websocket\r\nUpgrade: websocket",
        "Upgrade: websocket\r\nSec-WebSocket-Extensions: ",
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13",
        "Upgrade: websocket\r\nSec-WebSocket-Protocol: chat"
      })
  void theProtocolsOfTheConnectionAreAList(String fields) throws Exception {
    soon(open(with(UPGRADE, fields))).abort();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: close, Upgraded\r\nUpgrade: websocket",
        "Connection: \"Upgrade\"\r\nUpgrade: websocket",
        "Connection: Up, grade\r\nUpgrade: websocket",
        "Connection: Upgrade\r\nUpgrade: h2c, websocket",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c",
        "Connection: Upgrade\r\nUpgrade: ",
        "Connection: Upgrade\r\nUpgrade: websocket/13",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions: ,deflate",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions:"
            + "\r\nSec-WebSocket-Extensions: x",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13, 12",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: chat, other",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: chat"
            + "\r\nSec-WebSocket-Protocol: chat"
      })
  void whatWasNotAskedForIsRefused(String fields) {
    assertThat(failure(open(with(UPGRADE + "\r\n" + CONNECTION, fields))))
        .isExactlyInstanceOf(WebSocketHandshakeException.class);
  }

  /** A field that is no list. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\nSec-WebSocket-Accept: x", ", x"})
  void thereIsOneProofThatTheServerSpeaksIt(String more) {
    assertThat(
            failure(
                open(answer -> answer.replaceFirst("(Sec-WebSocket-Accept: \\S+)", "$1" + more))))
        .isExactlyInstanceOf(WebSocketHandshakeException.class);
  }
}
