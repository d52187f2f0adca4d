package io.httptrace.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Targets behind a proxy that speak first: what they say comes right behind its answer. */
@Tag("tls")
class SpeakingFirstTest {
  private static final Duration LONG = Waiting.LIMIT;
  private static final String BUSY =
      "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy";

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private ScriptedServer proxy(ConnectionScript script) {
    return guard.watch(ScriptedServer.builder("proxy").connections(script).start());
  }

  /** Answers CONNECT, and says more in the same breath. */
  private static ConnectionScript connecting(String target) {
    return connection -> {
      connection.readHead();
      connection.send("HTTP/1.1 200 OK\r\n\r\n" + target);
      connection.readToEnd();
    };
  }

  private static ConnectionScript socks(String target) {
    return connection -> {
      connection.readBytes(1);
      connection.readBytes(connection.readBytes(1)[0]);
      connection.send(new byte[] {5, 0});
      connection.readBytes(4);
      connection.readBytes(connection.readBytes(1)[0] + 2);
      String reply = "\u0005\0\0\u0001\0\0\0\0\0\0";
      connection.send((reply + target).getBytes(ISO_8859_1));
      connection.readToEnd();
    };
  }

  private static HttpRequest get(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).timeout(LONG).build();
  }

  @Test
  void refusalOfAWebSocketBehindConnect() {
    ScriptedServer proxy = proxy(connecting(BUSY));
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().proxy(ProxyRoute.http("127.0.0.1", proxy.port())).build()) {

      assertThat(
              client
                  .newWebSocketBuilder()
                  .connectTimeout(LONG)
                  .buildAsync(URI.create("ws://busy.test/"), new WebSocket.Listener() {}))
          .failsWithin(LONG.plus(LONG))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
    }
  }

  @Test
  void answerBehindSocks() throws Exception {
    ScriptedServer proxy = proxy(socks(BUSY));
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .proxy(ProxyRoute.socks5("127.0.0.1", proxy.port()))
            .build()) {

      HttpResponse<String> response =
          client.send(get("http://busy.test/"), BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).isEqualTo("busy");
    }
  }

  @Test
  void somethingElseThanTlsBehindConnectAndSocks() {
    ScriptedServer connect = proxy(connecting("SSH-2.0-OpenSSH\r\n"));
    ScriptedServer socks = proxy(socks("SSH-2.0-OpenSSH\r\n"));
    for (ProxyRoute route :
        new ProxyRoute[] {
          ProxyRoute.http("127.0.0.1", connect.port()), ProxyRoute.socks5("127.0.0.1", socks.port())
        }) {
      try (TracingHttpClient client = TracingHttpClient.newBuilder().proxy(route).build()) {
        assertThatThrownBy(() -> client.send(get("https://ssh.test/"), BodyHandlers.discarding()))
            .isInstanceOfSatisfying(
                TlsException.class,
                e -> assertThat(e.reason()).isEqualTo(TlsException.Reason.NOT_TLS));
      }
    }
  }
}
