package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.shakeHands;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.net.ProtocolException;
import java.net.http.HttpClient;
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

/** Which threads call the listeners of WebSockets, and how much may come at a time. */
final class WebSocketThreadsTest extends WebSocketTalk {
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
    try (TracingHttpClient client = TracingHttpClient.newBuilder().build()) {
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

  @Test
  void surplusAfterAnUnaskedSwitchIsDropped() throws Exception {
    ScriptedServer server =
        answerAndClose(
            "HTTP/1.1 101 Switching\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\nsurplus");
    try (TracingHttpClient client = TracingHttpClient.newBuilder().build()) {
      assertThat(client.send(get(server), BodyHandlers.discarding()).statusCode()).isEqualTo(101);
    }
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
    try (TracingHttpClient client = TracingHttpClient.newBuilder().build()) {
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
      ScriptedServer server = serve(WebSocketTalk::keepOpen);
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
}
