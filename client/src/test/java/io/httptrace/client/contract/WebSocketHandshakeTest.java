package io.httptrace.client.contract;

import static io.httptrace.client.contract.WebSocketPeer.shakeHands;
import static io.httptrace.client.contract.WebSocketPeer.switching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.GrowingLimit;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** How WebSockets are opened. */
final class WebSocketHandshakeTest extends Contract {

  private static URI ws(ScriptedServer server, String path) {
    return URI.create("ws://127.0.0.1:" + server.port() + path);
  }

  private static CompletableFuture<WebSocket> open(HttpClient client, URI uri) {
    return client.newWebSocketBuilder().buildAsync(uri, new Heard());
  }

  /** A server whose connections it keeps open after the handshake. */
  private ScriptedServer opening() {
    return serveAlways(
        connection -> {
          shakeHands(connection);
          connection.readToEnd();
        });
  }

  // ---- The request ----

  @BothClients
  void requestAsksForAWebSocket(Subject subject) throws Exception {
    ScriptedServer server = opening();

    WebSocket socket =
        soon(
            client(subject)
                .newWebSocketBuilder()
                .header("X-Mine", "1")
                .header("X-Mine", "2")
                .buildAsync(ws(server, "/talk?a=b"), new Heard()));

    ReceivedRequestHead head = server.requests().get(0);
    assertThat(head.requestLine()).isEqualTo("GET /talk?a=b HTTP/1.1");
    assertThat(head.values("Host")).containsExactly("127.0.0.1:" + server.port());
    assertThat(head.values("Upgrade")).containsExactly("websocket");
    assertThat(head.values("Connection")).containsExactly("Upgrade");
    assertThat(head.values("Sec-WebSocket-Version")).containsExactly("13");
    assertThat(Base64.getDecoder().decode(head.values("Sec-WebSocket-Key").get(0))).hasSize(16);
    assertThat(head.values("Sec-WebSocket-Protocol")).isEmpty();
    assertThat(head.values("Sec-WebSocket-Extensions")).isEmpty();
    assertThat(head.values("X-Mine")).containsExactly("1", "2");
    assertThat(socket.getSubprotocol()).isEmpty();
    assertThat(socket.isInputClosed()).isFalse();
    assertThat(socket.isOutputClosed()).isFalse();
    socket.abort();
  }

  @BothClients
  void subprotocolIsTheServersChoice(Subject subject) throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.send(
                  switching(connection.readRequest(), "Sec-WebSocket-Protocol: second"));
              connection.readToEnd();
            });

    WebSocket socket =
        soon(
            client(subject)
                .newWebSocketBuilder()
                .subprotocols("first", "second", "third")
                .buildAsync(ws(server, "/"), new Heard()));

    assertThat(server.requests().get(0).values("Sec-WebSocket-Protocol"))
        .containsExactly("first, second, third");
    assertThat(socket.getSubprotocol()).isEqualTo("second");
    socket.abort();
  }

  @BothClients
  void wssIsSpokenOverTls(Subject subject) throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.startTls(ServerTls.with(TestCertificate.GOOD));
              shakeHands(connection);
              connection.send(WebSocketPeer.frame(WebSocketPeer.TEXT, "secret"));
              connection.readToEnd();
            });
    HttpClient client = client(subject, Contract::trusting);
    Heard heard = new Heard();

    WebSocket socket =
        soon(
            client
                .newWebSocketBuilder()
                .buildAsync(URI.create("wss://127.0.0.1:" + server.port() + "/"), heard));

    assertThat(heard.await(2)).containsExactly("open", "text secret.");
    socket.abort();
  }

  // ---- What is illegal ----

  private void assertIllegal(Subject subject, URI uri, UnaryOperator<WebSocket.Builder> settings) {
    assertThat(
            failure(
                settings.apply(client(subject).newWebSocketBuilder()).buildAsync(uri, new Heard())))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @BothClients
  void illegalArgumentsFailTheFuture(Subject subject) {
    URI good = URI.create("ws://127.0.0.1:1/");
    for (String bad : List.of("http://a.test/", "ws:///path", "ws://a.test/#part", "/path")) {
      assertIllegal(subject, URI.create(bad), builder -> builder);
    }
    for (String name :
        List.of("Sec-WebSocket-Key", "sec-websocket-protocol", "Sec-WebSocket-Extensions")) {
      assertIllegal(subject, good, builder -> builder.header(name, "x"));
    }
    assertIllegal(subject, good, builder -> builder.header("bad name", "x"));
    assertIllegal(subject, good, builder -> builder.header("Name", "bad\nvalue"));
    assertIllegal(subject, good, builder -> builder.header("Content-Length", "1"));
    assertIllegal(subject, good, builder -> builder.subprotocols("a b"));
    assertIllegal(subject, good, builder -> builder.subprotocols(""));
    assertIllegal(subject, good, builder -> builder.subprotocols("a", "b", "a"));
    assertIllegal(subject, good, builder -> builder.connectTimeout(Duration.ZERO));
    assertIllegal(subject, good, builder -> builder.connectTimeout(Duration.ofSeconds(-1)));
  }

  @BothClients
  void nullsAreThrown(Subject subject) {
    WebSocket.Builder builder = client(subject).newWebSocketBuilder();
    List<Runnable> calls =
        List.of(
            () -> builder.header(null, "x"),
            () -> builder.header("x", null),
            () -> builder.connectTimeout(null),
            () -> builder.subprotocols(null),
            () -> builder.subprotocols("x", (String) null),
            () -> builder.buildAsync(null, new Heard()),
            () -> builder.buildAsync(URI.create("ws://a.test/"), null));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class);
    }
  }

  // ---- Answers that are not the right one ----

  private void assertRefused(Subject subject, ConnectionScript script, int status) {
    Throwable failure = failure(open(client(subject), ws(serve(script), "/")));

    assertThat(failure).isExactlyInstanceOf(WebSocketHandshakeException.class);
    HttpResponse<?> response = ((WebSocketHandshakeException) failure).getResponse();
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.uri().getScheme()).isEqualTo("http");
  }

  private static ConnectionScript answering(Answering answer) {
    return connection -> {
      connection.send(answer.to(connection.readRequest()));
      connection.readToEnd();
    };
  }

  private interface Answering {
    String to(ReceivedRequestHead head);
  }

  @BothClients
  void anotherStatusIsARefusal(Subject subject) throws Exception {
    ScriptedServer server = answer("HTTP/1.1 404 Nope\r\nX-A: b\r\nContent-Length: 4\r\n\r\ngone");

    Throwable failure = failure(open(client(subject), ws(server, "/")));

    assertThat(failure).isExactlyInstanceOf(WebSocketHandshakeException.class);
    HttpResponse<?> response = ((WebSocketHandshakeException) failure).getResponse();
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("X-A")).contains("b");
    assertThat(response.body()).isEqualTo("gone");
  }

  @BothClients
  void anAnswerThatIsNotRightIsARefusal(Subject subject) {
    assertRefused(subject, answering(head -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 200);
    assertRefused(
        subject, answering(head -> switching(head).replace("Accept: ", "Accept: x")), 101);
    assertRefused(
        subject, answering(head -> switching(head).replace("Sec-WebSocket-Accept", "X")), 101);
    assertRefused(
        subject,
        answering(head -> switching(head).replace("Upgrade: websocket", "Upgrade: x")),
        101);
    assertRefused(
        subject,
        answering(head -> switching(head).replace("Connection: Upgrade", "Connection: x")),
        101);
    assertRefused(subject, answering(head -> switching(head, "Sec-WebSocket-Extensions: x")), 101);
    assertRefused(subject, answering(head -> switching(head, "Sec-WebSocket-Protocol: x")), 101);
    assertRefused(subject, answering(head -> switching(head, "Sec-WebSocket-Version: 12")), 101);
  }

  // ---- Failures ----

  @BothClients
  void serverThatCannotBeReachedIsAConnectException(Subject subject) {
    ScriptedServer server = open(ScriptedServer.builder("contract").refusingOn("127.0.0.1"));

    assertThat(jdkType(failure(open(client(subject), ws(server, "/")))))
        .isEqualTo(java.net.ConnectException.class);
  }

  @BothClients
  void serverThatDoesNotAnswerInTimeIsATimeout(Subject subject) throws Exception {
    ScriptedServer server = serveAlways(ServerConnection::awaitPeerClose);

    Throwable failure =
        GrowingLimit.of(
            limit -> {
              Throwable thrown =
                  failure(
                      client(subject)
                          .newWebSocketBuilder()
                          .connectTimeout(limit)
                          .buildAsync(ws(server, "/"), new Heard()));
              return server.accepted() == 0 ? null : thrown;
            });
    assertThat(failure).isInstanceOf(HttpTimeoutException.class);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  @BothClients
  void serverThatClosesIsAnIoException(Subject subject) {
    ScriptedServer server = answerAndClose("");

    assertThat(failure(open(client(subject), ws(server, "/")))).isInstanceOf(IOException.class);
  }

  @BothClients
  void cancelledFutureClosesTheConnection(Subject subject) throws Exception {
    Gate asked = new Gate();
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              asked.open();
              connection.awaitPeerClose();
            });
    CompletableFuture<WebSocket> future = open(client(subject), ws(server, "/"));
    assertThat(asked.await(SOON)).isTrue();

    assertThat(future.cancel(true)).isTrue();

    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  // ---- What clients add to requests ----

  @BothClients
  void cookiesAreSentAndKept(Subject subject) throws Exception {
    ScriptedServer server =
        serveAlways(
            connection -> {
              connection.send(switching(connection.readRequest(), "Set-Cookie: a=1; Path=/"));
              connection.readToEnd();
            });
    CookieHandler cookies = new CookieManager();
    HttpClient client = client(subject, builder -> builder.cookieHandler(cookies));

    soon(open(client, ws(server, "/"))).abort();
    soon(open(client, ws(server, "/"))).abort();

    assertThat(server.requests().stream().map(head -> head.values("Cookie")))
        .containsExactly(List.of(), List.of("a=1"));
  }

  @BothClients
  void whatACookieHandlerThrowsClosesTheConnection(Subject subject) throws Exception {
    ScriptedServer server = opening();
    CookieHandler broken =
        new CookieHandler() {
          @Override
          public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return Map.of();
          }

          @Override
          public void put(URI uri, Map<String, List<String>> headers) throws IOException {
            throw new IOException("no cookies today");
          }
        };
    HttpClient client = client(subject, builder -> builder.cookieHandler(broken));

    assertThat(failure(open(client, ws(server, "/")))).isInstanceOf(IOException.class);
    if (subject == Subject.HTTPTRACE) {
      assertThat(server.awaitEnd(1, SOON)).isTrue();
    }
  }

  private static final String ASKING =
      String.join(
          "\r\n",
          "HTTP/1.1 401 No",
          "WWW-Authenticate: Basic realm=\"x\"",
          "Content-Length: 0",
          "",
          "");

  private static final Authenticator USER =
      new Authenticator() {
        @Override
        protected PasswordAuthentication getPasswordAuthentication() {
          return new PasswordAuthentication("user", "open".toCharArray());
        }
      };

  @BothClients
  void challengesAreAnswered(Subject subject) throws Exception {
    ScriptedServer server =
        serveAlways(
            connection -> {
              ReceivedRequestHead head = connection.readRequest();
              while (head.values("Authorization").isEmpty()) {
                connection.send(ASKING);
                head = connection.readRequest();
              }
              connection.send(switching(head));
              connection.readToEnd();
            });
    HttpClient client = client(subject, builder -> builder.authenticator(USER));

    WebSocket socket = soon(open(client, ws(server, "/")));

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).values("Upgrade")).containsExactly("websocket");
    socket.abort();
  }

  /** An HTTP proxy opens a tunnel, also to a target that is not secure. */
  @BothClients
  void proxiesAreAskedForATunnel(Subject subject) throws Exception {
    ScriptedServer server = opening();
    ScriptedServer proxy =
        serve(
            connection -> {
              connection.readHead();
              connection.send("HTTP/1.1 200 Fine\r\n\r\n");
              connection.relayTo(server.port());
            });
    ProxySelector selector =
        ProxySelector.of(InetSocketAddress.createUnresolved("127.0.0.1", proxy.port()));
    HttpClient client = client(subject, builder -> builder.proxy(selector));
    URI uri = URI.create("ws://example.test:" + server.port() + "/talk");

    WebSocket socket = soon(open(client, uri));

    assertThat(proxy.requests().get(0).requestLine())
        .isEqualTo("CONNECT example.test:" + server.port() + " HTTP/1.1");
    assertThat(server.requests().get(0).requestLine()).isEqualTo("GET /talk HTTP/1.1");
    socket.abort();
  }
}
