package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.client.contract.PlainRequest;
import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that Java finds odd: names with an underscore or a dot at the end, zones of IPv6. */
@Tag("tls")
class OddHostsTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> dialled = Collections.synchronizedList(new ArrayList<>());

  private ScriptedServer server(ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder("odd").connections(scripts).start());
  }

  private static void answer(ServerConnection connection) throws Exception {
    connection.readRequest();
    connection.send(HELLO);
  }

  private static ConnectionScript secure() {
    return connection -> {
      connection.startTls(ServerTls.with(TestCertificate.GOOD));
      answer(connection);
    };
  }

  private TracingHttpClientBuilder builder() {
    return TracingHttpClient.newBuilder()
        .trustManager(TestCertificate.trusting())
        .resolver(
            host -> {
              asked.add(host);
              return CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
            });
  }

  private String get(TracingHttpClientBuilder builder, String uri) throws Exception {
    ClientTrace trace = ClientTrace.builder().getConn(dialled::add).build();
    try (TracingHttpClient client = builder.build()) {
      return client
          .send(
              TracedRequest.of(PlainRequest.of("GET", URI.create(uri)), trace),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static ReceivedRequestHead only(ScriptedServer server) {
    assertThat(server.requests()).hasSize(1);
    return server.requests().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "odd_name.test, odd_name.test, odd_name.test",
    "_under.odd_name.test, _under.odd_name.test, _under.odd_name.test",
    "b\u00fccher.test, xn--bcher-kva.test, xn--bcher-kva.test",
    "b%C3%BCcher.test, xn--bcher-kva.test, xn--bcher-kva.test",
    "a.test., a.test., a.test.",
    "127.1, 127.1, 127.1",
  })
  void namesAreLookedUpAndSent(String host, String lookedUp, String sent) throws Exception {
    ScriptedServer server = server(OddHostsTest::answer);

    assertThat(get(builder(), "http://" + host + ":" + server.port() + "/")).isEqualTo("hello");

    assertThat(asked).containsExactly(lookedUp);
    assertThat(dialled).containsExactly(lookedUp + ":" + server.port());
    assertThat(only(server).values("Host")).containsExactly(sent + ":" + server.port());
  }

  @ParameterizedTest
  @CsvSource({
    "odd_name.test, odd_name.test",
    "b\u00fccher.test, xn--bcher-kva.test",
    "a.test., a.test.",
    "127.1, 127.1",
  })
  void soAreThoseOfWebSockets(String host, String sent) {
    ScriptedServer server = server(OddHostsTest::answer);
    try (TracingHttpClient client = builder().build()) {
      URI uri = URI.create("ws://user:secret@" + host + ":" + server.port() + "/talk");

      assertThat(client.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {}))
          .failsWithin(Waiting.LIMIT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(WebSocketHandshakeException.class)
          .havingCause()
          .withMessage("Unexpected HTTP response status code 200");
    }
    assertThat(asked).containsExactly(sent);
    assertThat(only(server).requestLine()).isEqualTo("GET /talk HTTP/1.1");
    assertThat(only(server).values("Host")).containsExactly(sent + ":" + server.port());
  }

  @ParameterizedTest
  @CsvSource({
    "ws:///x, URI must contain a host: ws:///x",
    "ws://user:secret@:1/x, no host",
    "ws://user:secret@a%20b/x?secret, not a host name: a?b",
    "wss://user:secret@odd_name:99999/, port out of range: 99999",
  })
  void whatIsNoHostOfAWebSocketIsNamed(String uri, String message) {
    try (TracingHttpClient client = builder().build()) {
      assertThat(
              client.newWebSocketBuilder().buildAsync(URI.create(uri), new WebSocket.Listener() {}))
          .failsWithin(Waiting.LIMIT)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(IllegalArgumentException.class)
          .withMessage(message);
    }
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.test.", "EXAMPLE.test", "proxy.test"})
  void namesAreCheckedAgainstCertificates(String host) throws Exception {
    ScriptedServer server = server(secure());

    assertThat(get(builder(), "https://" + host + ":" + server.port() + "/")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.test.", "x.example.test", "example.test.test."})
  void namesThatTheCertificateIsNotForAreRefused(String host) {
    ScriptedServer server = server(secure());

    assertThatThrownBy(() -> get(builder(), "https://" + host + ":" + server.port() + "/"))
        .isInstanceOfSatisfying(
            TlsException.class,
            e -> assertThat(e.reason()).isEqualTo(TlsException.Reason.WRONG_NAME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.test", "proxy.test."})
  void soAreThoseOfProxies(String host) throws Exception {
    ScriptedServer proxy = server(secure());

    assertThat(get(builder().proxy(ProxyRoute.https(host, proxy.port())), "http://a_b.test/x"))
        .isEqualTo("hello");

    assertThat(only(proxy).requestLine()).isEqualTo("GET http://a_b.test/x HTTP/1.1");
    assertThat(asked).containsExactly(host);
  }

  @Test
  void exceptionsFromAProxyKnowThem() throws Exception {
    ScriptedServer server = server(OddHostsTest::answer);
    ProxyRoute route = ProxyRoute.http("nowhere.test", 1).except("odd_name.test", "fe80::/10");

    assertThat(get(builder().proxy(route), "http://x.odd_name.test:" + server.port() + "/"))
        .isEqualTo("hello");
    assertThat(route.serverFor(URI.create("http://[fe80::1%25eth0]/"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[fe80::1%25lo]", "[fe80::1%lo]", "[FE80::1%251]"})
  void aProxyIsNotToldTheZone(String host) throws Exception {
    ScriptedServer proxy =
        server(
            connection -> {
              connection.readHead();
              connection.send("HTTP/1.1 200 OK\r\n\r\n");
              connection.startTls(ServerTls.with(TestCertificate.GOOD));
            },
            OddHostsTest::answer);
    var through = builder().proxy(ProxyRoute.http("127.0.0.1", proxy.port()));

    assertThatThrownBy(() -> get(through, "https://" + host + ":8443/"))
        .isInstanceOfSatisfying(
            TlsException.class,
            e -> assertThat(e.reason()).isEqualTo(TlsException.Reason.WRONG_NAME))
        .hasMessageContaining("fe80");
    assertThat(get(through, "http://" + host + "/x")).isEqualTo("hello");

    assertThat(proxy.requests())
        .extracting(ReceivedRequestHead::requestLine)
        .containsExactly("CONNECT [fe80::1]:8443 HTTP/1.1", "GET http://[fe80::1]/x HTTP/1.1");
    assertThat(proxy.requests())
        .flatExtracting(head -> head.values("Host"))
        .containsExactly("[fe80::1]:8443", "[fe80::1]");
  }

  @Test
  void aZoneThatIsNoneOfThisMachineIsNamed() {
    assertThatThrownBy(() -> get(builder(), "http://[fe80::1%25nowhere0]:81/"))
        .isInstanceOf(java.net.ConnectException.class)
        .hasMessage("connect: no network interface nowhere0");
    assertThat(dialled).containsExactly("[fe80::1%nowhere0]:81");
    assertThat(asked).isEmpty();
  }
}
