package io.httptrace.cli.request;

import static io.httptrace.conformance.server.ProxyScripts.forward;
import static io.httptrace.conformance.server.ProxyScripts.refuse;
import static io.httptrace.conformance.server.ProxyScripts.socks5;
import static io.httptrace.conformance.server.ProxyScripts.socks5Refusing;
import static io.httptrace.conformance.server.ProxyScripts.tunnel;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun;
import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.Outline;
import io.httptrace.cli.Site;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code -x}, {@code -U}, {@code --noproxy} and the environment, against proxies. */
final class ProxiesTest {
  private static final ServerTls GOOD = ServerTls.with(TestCertificate.GOOD);
  private static final String SECRET = "Basic bWU6U0VDUkVU"; // me:SECRET

  private final Site plain = Site.of(head -> Site.ok("hello", Site.CLOSE));
  private final Site secure = Site.of(GOOD, head -> Site.ok("hello"));

  @AfterEach
  void closeAll() {
    plain.close();
    secure.close();
  }

  private static ScriptedServer proxy(ConnectionScript... scripts) {
    return ScriptedServer.builder("proxy").connections(scripts).start();
  }

  private static String at(String scheme, ScriptedServer proxy) {
    return scheme + "://127.0.0.1:" + proxy.port();
  }

  private static ConnectionScript overTls(ConnectionScript script) {
    return connection -> {
      connection.startTls(GOOD);
      script.run(connection);
    };
  }

  private ConnectionScript forwarding(String authorization) {
    return forward(plain.server(), authorization, Site.ok("proxied"));
  }

  @Test
  void anHttpProxyForwards() {
    try (ScriptedServer proxy = proxy(forwarding(null))) {
      Ended ended = CommandRun.of("-x", at("http", proxy), plain.url("/"));

      String there = "127.0.0.1:" + proxy.port();
      assertThat(ended.err()).isEmpty();
      assertThat(Outline.of(ended.out()))
          .containsExactly(
              "GET " + plain.url("/"),
              "200 HTTP/1.1, body 7 bytes",
              "connection #1 new, -> " + there,
              "by the proxy " + there,
              "connect: " + there,
              "request",
              "wait",
              "response",
              "total");
      assertThat(proxy.problems()).isEmpty();
    }
  }

  @Test
  void anHttpProxyOpensATunnel() {
    try (ScriptedServer proxy = proxy(tunnel(secure.server(), null))) {
      Ended ended = CommandRun.of("-k", "-x", "127.0.0.1:" + proxy.port(), secure.url("/"));

      String there = "127.0.0.1:" + proxy.port();
      assertThat(ended.err()).isEmpty();
      assertThat(Outline.of(ended.out()))
          .filteredOn(line -> !line.startsWith("TLS"))
          .containsExactly(
              "GET " + secure.url("/"),
              "200 HTTP/1.1, body 5 bytes",
              "connection #1 new, -> " + there,
              "by the proxy " + there,
              "connect: " + there,
              "proxy: " + there + ", answered 200",
              "tls: full handshake",
              "request",
              "wait",
              "response",
              "total");
    }
  }

  @Test
  void theProxyIsToldTheSameUserAgentAsTheTarget() {
    try (ScriptedServer proxy =
        proxy(tunnel(secure.server(), null), tunnel(secure.server(), null))) {
      String there = at("http", proxy);
      assertThat(CommandRun.of("-k", "-x", there, "-A", "me/1", secure.url("/")).err()).isEmpty();
      assertThat(CommandRun.of("-k", "-x", there, "-A", "", secure.url("/")).err()).isEmpty();

      assertThat(proxy.requests())
          .extracting(head -> head.values("User-Agent"))
          .containsExactly(List.of("me/1"), List.of());
      assertThat(secure.sent("User-Agent")).containsExactly(List.of("me/1"), List.of());
    }
  }

  @Test
  void twoHandshakesAreToldApart() {
    try (ScriptedServer proxy = proxy(overTls(tunnel(secure.server(), SECRET)))) {
      String[] args = {
        "-k", "--events", "--format=json", "-x", at("https", proxy).replace("//", "//me:SECRET@")
      };
      Ended ended = CommandRun.of(args[0], args[1], args[2], args[3], args[4], secure.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(ended.out().replaceAll("\\{\"kind\":\"([a-z-]+)\"", "\n$1\n").lines())
          .filteredOn(line -> line.matches("[a-z-]+"))
          .startsWith("connect", "proxy-tls", "proxy", "tls", "request", "wait", "response");
      assertThat(ended.out()).contains("\"proxy\":\"127.0.0.1:" + proxy.port() + "\"");
      assertThat(ended.err())
          .contains("proxyConnectStart    127.0.0.1:" + proxy.port())
          .contains("proxyConnectDone     200");
      assertThat(ended.out() + ended.err()).doesNotContain("SECRET");
    }
  }

  @Test
  void aSocksProxyLooksTheNameUp() {
    try (ScriptedServer proxy = proxy(socks5(plain.server(), "me", "SECRET"))) {
      Ended ended =
          CommandRun.of(
              "-x",
              at("socks5h", proxy),
              "--proxy-user",
              "me:SECRET",
              "http://target.test:" + plain.port() + "/");

      assertThat(ended.err()).isEmpty();
      assertThat(Outline.of(ended.out()))
          .contains("proxy: 127.0.0.1:" + proxy.port() + ", SOCKS reply 0");
      assertThat(proxy.namesAsked()).containsExactly("target.test");
    }
  }

  @Test
  void userAndPasswordOfTheUrlAreDecoded() {
    try (ScriptedServer proxy = proxy(socks5(plain.server(), "m/e", "S:E+CRET"))) {
      Ended ended =
          CommandRun.of(
              "-x",
              at("socks5", proxy).replace("//", "//m%2Fe:S%3AE+CRET@"),
              "http://target.test:" + plain.port() + "/");

      assertThat(ended.err()).isEmpty();
    }
  }

  @Test
  void thoseOfTheOptionComeFirst() {
    try (ScriptedServer proxy = proxy(forwarding(SECRET))) {
      Ended ended =
          CommandRun.of(
              "-x", at("http", proxy).replace("//", "//a:b@"), "-U", "me:SECRET", plain.url("/"));

      assertThat(ended.err()).isEmpty();
      assertThat(proxy.problems()).isEmpty();
      assertThat(plain.sent("Proxy-Authorization")).containsExactly(List.of());
    }
  }

  @Test
  void aRefusedConnectTellsTheStatus() {
    String answer = "HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n";
    try (ScriptedServer proxy = proxy(refuse(secure.server(), answer))) {
      Ended ended = CommandRun.of("-k", "-x", at("http", proxy), secure.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.RESPONSE);
      assertThat(ended.err())
          .matches(
              "httptrace: proxy failed after [0-9.]+ m?s: proxy 127.0.0.1:"
                  + proxy.port()
                  + " refused CONNECT: 407 Who are you\n");
      assertThat(ended.out()).contains("\nfailed in proxy\n");
    }
  }

  @Test
  void aRefusalOfSocksHasItsOwnCode() {
    try (ScriptedServer proxy = proxy(socks5Refusing(plain.server(), 5))) {
      Ended ended =
          CommandRun.of("-x", at("socks5", proxy), "http://target.test:" + plain.port() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.PROXY);
      assertThat(ended.err()).endsWith(": SOCKS reply 5 (connection refused)\n");
    }
  }

  @Test
  void aProxyThatHasNoAddressHasItsOwnCode() {
    Ended ended =
        CommandRun.of("-6", "--resolve", "p.test:1080:127.0.0.1", "-x", "p.test", "http://a.test/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.PROXY_DNS);
    assertThat(ended.err()).startsWith("httptrace: dns failed after ");
  }

  @Test
  void aProxyThatIsNotThereIsAFailureToConnect() throws Exception {
    ScriptedServer gone = proxy();
    gone.close();

    assertThat(CommandRun.of("-x", at("http", gone), plain.url("/")).exitCode())
        .isEqualTo(ExitCode.CONNECT);
  }

  @Test
  void theEnvironmentNamesAProxyForEachScheme() {
    try (ScriptedServer http = proxy(forwarding(null));
        ScriptedServer https = proxy(tunnel(secure.server(), null))) {
      Map<String, String> environment =
          Map.of("http_proxy", at("http", http), "HTTPS_PROXY", at("http", https));

      assertThat(CommandRun.with(environment, "", plain.url("/")).err()).isEmpty();
      assertThat(CommandRun.with(environment, "", "-k", secure.url("/")).err()).isEmpty();
      assertThat(http.accepted()).isEqualTo(1);
      assertThat(https.accepted()).isEqualTo(1);
    }
  }

  @Test
  void targetsThatAreExceptedAreReachedDirectly() {
    try (ScriptedServer proxy = proxy()) {
      Map<String, String> all = Map.of("all_proxy", at("http", proxy));
      Map<String, String> except =
          Map.of("ALL_PROXY", at("http", proxy), "no_proxy", "a.test, 127.0.0.1");

      assertThat(CommandRun.with(all, "", "--noproxy", "*", plain.url("/")).err()).isEmpty();
      assertThat(CommandRun.with(all, "", "-x", "", plain.url("/")).err()).isEmpty();
      assertThat(CommandRun.with(except, "", plain.url("/")).err()).isEmpty();
      assertThat(proxy.accepted()).isZero();
    }
  }

  @Test
  void theEmbeddedServerIsReachedDirectly() {
    Map<String, String> environment = Map.of("all_proxy", "http://127.0.0.1:1");

    assertThat(CommandRun.with(environment, "").exitCode()).isEqualTo(ExitCode.OK);
  }
}
