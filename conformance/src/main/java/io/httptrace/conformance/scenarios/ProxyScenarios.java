package io.httptrace.conformance.scenarios;

import static io.httptrace.conformance.scenarios.Answers.HELLO;
import static io.httptrace.conformance.scenarios.Answers.HELLO_AND_CLOSE;

import io.httptrace.conformance.run.Run;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ProxyScripts;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;

/** Proxies: absolute form, CONNECT, TLS to the proxy, SOCKS 5; and the failures of each. */
final class ProxyScenarios {
  private static final String BASIC = "Basic dXNlcjpwYXNz";

  @Scenario("proxy-http-absolute-form")
  void plainHttpIsForwarded(Run run) throws Exception {
    ScriptedServer origin =
        run.server(
            "origin", Answers.thenClose(HELLO_AND_CLOSE), Answers.thenClose(HELLO_AND_CLOSE));
    run.server("proxy", ProxyScripts.forward(origin, null, HELLO, HELLO));
    run.check();
  }

  @Scenario("proxy-http-auth")
  void plainHttpIsForwardedForAUser(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.thenClose(HELLO_AND_CLOSE));
    run.server("proxy", ProxyScripts.forward(origin, BASIC, HELLO));
    run.check();
  }

  @Scenario("proxy-http-407")
  void plainHttpWithoutAUserIsRefused(Run run) throws Exception {
    run.server("origin");
    String refusal =
        Answers.head(
                "HTTP/1.1 407 Proxy Authentication Required",
                "Proxy-Authenticate: Basic realm=\"proxy\"",
                "Content-Length: 4")
            + "who?";
    run.server("proxy", Answers.of(refusal));
    run.check();
  }

  @Scenario("proxy-refused")
  void nobodyListensAtTheProxy(Run run) throws Exception {
    run.server("origin");
    run.server(ScriptedServer.builder("proxy").refusingOn("127.0.0.1"));
    run.check();
  }

  @Scenario("proxy-connect")
  void httpsGoesThroughATunnel(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", secure(withoutAuthorization(HELLO)));
    run.server("proxy", ProxyScripts.tunnel(origin, null));
    run.check();
  }

  @Scenario("proxy-connect-reuse")
  void tunnelIsReused(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", secure(Answers.of(HELLO, HELLO)));
    run.server("proxy", ProxyScripts.tunnel(origin, null));
    run.check();
  }

  @Scenario("proxy-connect-auth")
  void credentialsGoWithTheConnectOnly(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", secure(withoutAuthorization(HELLO)));
    run.server("proxy", ProxyScripts.tunnel(origin, BASIC));
    run.check();
  }

  @Scenario("proxy-connect-407")
  void tunnelWithoutAUserIsRefused(Run run) throws Exception {
    ScriptedServer origin = run.server("origin");
    String refusal =
        Answers.head(
            "HTTP/1.1 407 Proxy Authentication Required",
            "Proxy-Authenticate: Basic realm=\"proxy\"",
            "Content-Length: 0");
    run.server("proxy", ProxyScripts.refuse(origin, refusal));
    run.check();
  }

  @Scenario("proxy-connect-502")
  void tunnelCannotBeOpened(Run run) throws Exception {
    ScriptedServer origin = run.server("origin");
    String refusal = Answers.head("HTTP/1.1 502 Bad Gateway", "Content-Length: 0");
    run.server("proxy", ProxyScripts.refuse(origin, refusal));
    run.check();
  }

  @Scenario("proxy-https")
  void proxyIsSpokenToByTls(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.thenClose(HELLO_AND_CLOSE));
    run.server("proxy", secure(ProxyScripts.forward(origin, null, HELLO)));
    run.check();
  }

  @Scenario("proxy-https-https")
  void proxyAndTargetAreSpokenToByTls(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", secure(Answers.of(HELLO)));
    run.server("proxy", secure(ProxyScripts.tunnel(origin, null)));
    run.check();
  }

  @Scenario("proxy-socks5")
  void socksProxyLooksUpTheName(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", Answers.of(HELLO, HELLO));
    run.server("proxy", ProxyScripts.socks5(origin, null, ""));
    run.check();
  }

  @Scenario("proxy-socks5-auth")
  void socksProxyDemandsAUser(Run run) throws Exception {
    ScriptedServer origin = run.server("origin", withoutAuthorization(HELLO));
    run.server("proxy", ProxyScripts.socks5(origin, "user", "pass"));
    run.check();
  }

  private static ConnectionScript secure(ConnectionScript script) {
    return connection -> {
      connection.startTls(ServerTls.with(TestCertificate.GOOD));
      script.run(connection);
    };
  }

  /** Credentials for the proxy must not reach the target. */
  private static ConnectionScript withoutAuthorization(String response) {
    return (ServerConnection connection) -> {
      if (!connection.readRequest().values("proxy-authorization").isEmpty()) {
        throw new AssertionError("the credentials went past the proxy");
      }
      connection.send(response);
    };
  }
}
