package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ProxyScripts;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which proxy a request takes, and what each side gets to see. */
@Tag("tls")
class ProxyTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String CLOSING =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
  private static final String FIELD = "Proxy-Authorization";

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private ScriptedServer server(String name, ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder(name).connections(scripts).start());
  }

  private static ConnectionScript answer(String... answers) {
    return connection -> {
      for (String answer : answers) {
        connection.readRequest();
        connection.send(answer);
        if (answer.equals(CLOSING)) {
          connection.close();
        }
      }
    };
  }

  private static ConnectionScript secure(ConnectionScript script) {
    return connection -> {
      connection.startTls(ServerTls.with(TestCertificate.GOOD));
      script.run(connection);
    };
  }

  private static TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder().trustManager(TestCertificate.trusting());
  }

  private static HttpRequest.Builder to(String scheme, ScriptedServer origin, String rest) {
    return HttpRequest.newBuilder(URI.create(scheme + "://example.test:" + origin.port() + rest));
  }

  private static void get(TracingHttpClient client, HttpRequest request) throws Exception {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("ok");
  }

  private static void noProblems(ScriptedServer... servers) {
    assertThat(Stream.of(servers).flatMap(s -> s.problems().stream())).isEmpty();
  }

  /** A selector that gives one proxy, and remembers what it was told. */
  private static final class OneProxy extends ProxySelector {
    final List<String> told = new ArrayList<>();
    private final Proxy proxy;

    OneProxy(Proxy.Type type, ScriptedServer server) {
      proxy =
          new Proxy(type, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    @Override
    public List<Proxy> select(URI uri) {
      told.add("select " + uri);
      return List.of(proxy, Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException error) {
      told.add("failed " + uri + " " + ((InetSocketAddress) address).getPort() + " " + error);
    }
  }

  @Test
  void selectorChoosesAnHttpProxy() throws Exception {
    ScriptedServer origin = server("origin", answer(CLOSING));
    ScriptedServer proxy = server("proxy", ProxyScripts.forward(origin, null, OK));
    OneProxy selector = new OneProxy(Proxy.Type.HTTP, proxy);
    try (TracingHttpClient client = client().proxy(selector).build()) {
      get(client, to("http", origin, "/a%20b?c=d#e").build());
      assertThat(client.proxy()).containsSame(selector);
    }
    String target = "http://example.test:" + origin.port() + "/a%20b?c=d";
    assertThat(proxy.requests().get(0).requestLine()).isEqualTo("GET " + target + " HTTP/1.1");
    assertThat(origin.requests().get(0).requestLine()).isEqualTo("GET /a%20b?c=d HTTP/1.1");
    assertThat(selector.told).containsExactly("select " + target + "#e");
    noProblems(origin, proxy);
  }

  @Test
  void selectorChoosesASocksProxyForHttps() throws Exception {
    ScriptedServer origin = server("origin", secure(answer(OK)));
    ScriptedServer proxy = server("proxy", ProxyScripts.socks5(origin, null, ""));
    try (TracingHttpClient client = client().proxy(new OneProxy(Proxy.Type.SOCKS, proxy)).build()) {
      get(client, to("https", origin, "/").build());
    }
    assertThat(proxy.namesAsked()).containsExactly("example.test");
    noProblems(origin, proxy);
  }

  @Test
  void selectorIsToldOfAProxyThatCannotBeReached() throws Exception {
    ScriptedServer origin = server("origin");
    ScriptedServer proxy =
        guard.watch(ScriptedServer.builder("proxy").refusingOn("127.0.0.1").start());
    OneProxy selector = new OneProxy(Proxy.Type.HTTP, proxy);
    HttpRequest request = to("https", origin, "/").build();
    try (TracingHttpClient client = client().proxy(selector).build()) {
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(ConnectException.class);
    }
    assertThat(selector.told).hasSize(2);
    assertThat(selector.told.get(1))
        .startsWith("failed " + request.uri() + " " + proxy.port() + " java.net.ConnectException");
  }

  @Test
  void selectorIsNotToldOfAProxyThatRefuses() throws Exception {
    ScriptedServer origin = server("origin");
    ScriptedServer proxy =
        server("proxy", ProxyScripts.refuse(origin, "HTTP/1.1 403 Forbidden\r\n\r\n"));
    OneProxy selector = new OneProxy(Proxy.Type.HTTP, proxy);
    HttpRequest request = to("https", origin, "/").build();
    try (TracingHttpClient client = client().proxy(selector).build()) {
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .hasMessageContaining("refused CONNECT: 403 Forbidden");
    }
    assertThat(selector.told).containsExactly("select " + request.uri());
  }

  @Test
  void whatASelectorThrowsIsThrownToTheCaller() {
    ProxySelector selector =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            throw new IllegalStateException("no idea");
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException error) {}
        };
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://a.test/")).build();
    try (TracingHttpClient client = client().proxy(selector).build()) {
      assertThatThrownBy(() -> client.sendAsync(request, BodyHandlers.ofString()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void noProxyIsDirect() throws Exception {
    ScriptedServer origin = server("origin", answer(OK));
    try (TracingHttpClient client = client().proxy(HttpClient.Builder.NO_PROXY).build()) {
      get(client, HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + origin.port())).build());
      assertThat(client.proxy()).containsSame(HttpClient.Builder.NO_PROXY);
    }
  }

  @Test
  void exceptedTargetIsReachedDirectly() throws Exception {
    ScriptedServer origin = server("origin", answer(OK));
    ScriptedServer proxy = server("proxy");
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port()).except("127.0.0.0/8");
    try (TracingHttpClient client = client().proxy(route).build()) {
      get(client, HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + origin.port())).build());
      assertThat(client.proxy()).isEmpty();
    }
    assertThat(proxy.accepted()).isZero();
  }

  @Test
  void plainTargetsShareTheConnectionToTheProxy() throws Exception {
    ScriptedServer origin = server("origin", answer(CLOSING), answer(CLOSING));
    ScriptedServer proxy = server("proxy", ProxyScripts.forward(origin, null, OK, OK));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      get(client, to("http", origin, "/").build());
      URI other = URI.create("http://other.test:" + origin.port() + "/");
      get(client, HttpRequest.newBuilder(other).build());
    }
    assertThat(proxy.accepted()).isEqualTo(1);
    noProblems(origin, proxy);
  }

  @Test
  void credentialsOfTheRequestGoWithTheConnectOnly() throws Exception {
    ScriptedServer origin = server("origin", secure(answer(OK)));
    ScriptedServer proxy = server("proxy", ProxyScripts.tunnel(origin, "Bearer own"));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port()).credentials("user", "not sent");
    try (TracingHttpClient client = client().proxy(route).build()) {
      get(client, to("https", origin, "/").header(FIELD, "Bearer own").build());
    }
    assertThat(origin.requests().get(0).values(FIELD)).isEmpty();
    noProblems(origin, proxy);
  }

  @Test
  void tunnelOfOneUserIsNotUsedForAnother() throws Exception {
    ScriptedServer origin = server("origin", secure(answer(OK)), secure(answer(OK)));
    ScriptedServer proxy =
        server(
            "proxy",
            ProxyScripts.tunnel(origin, "Bearer one"),
            ProxyScripts.tunnel(origin, "Bearer two"));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      get(client, to("https", origin, "/").header(FIELD, "Bearer one").build());
      get(client, to("https", origin, "/").header(FIELD, "Bearer two").build());
    }
    assertThat(proxy.accepted()).isEqualTo(2);
    noProblems(origin, proxy);
  }

  @Test
  void credentialsOfTheRequestReplaceThoseOfTheRoute() throws Exception {
    ScriptedServer origin = server("origin", answer(CLOSING));
    ScriptedServer proxy = server("proxy", ProxyScripts.forward(origin, "Bearer own", OK));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port()).credentials("user", "not sent");
    try (TracingHttpClient client = client().proxy(route).build()) {
      get(client, to("http", origin, "/").header(FIELD, "Bearer own").build());
    }
    noProblems(origin, proxy);
  }

  @Test
  void credentialsForAProxyGoToNoTarget() throws Exception {
    ScriptedServer origin = server("origin", answer(OK), answer(OK));
    ScriptedServer proxy = server("proxy", ProxyScripts.socks5(origin, null, ""));
    URI direct = URI.create("http://127.0.0.1:" + origin.port());
    try (TracingHttpClient client = client().build()) {
      get(client, HttpRequest.newBuilder(direct).header(FIELD, "Bearer own").build());
    }
    ProxyRoute route = ProxyRoute.socks5("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      get(client, to("http", origin, "/").header(FIELD, "Bearer own").build());
    }
    assertThat(origin.requests()).hasSize(2).allMatch(head -> head.values(FIELD).isEmpty());
    noProblems(origin, proxy);
  }
}
