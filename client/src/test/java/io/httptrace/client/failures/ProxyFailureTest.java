package io.httptrace.client.failures;

import static io.httptrace.RoundTripOutcome.CANCELLED;
import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.RoundTripOutcome.TIMED_OUT;
import static io.httptrace.timeline.PhaseKind.CONNECT;
import static io.httptrace.timeline.PhaseKind.DNS;
import static io.httptrace.timeline.PhaseKind.PROXY_CONNECT;
import static io.httptrace.timeline.PhaseKind.PROXY_TLS;
import static io.httptrace.timeline.PhaseKind.TLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.ProxyRoute;
import io.httptrace.client.errors.DnsException;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.ProxyException.Reason;
import io.httptrace.client.errors.TlsException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ProxyScripts;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.server.TlsFaults;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy that cannot be reached, or does not open the way. */
class ProxyFailureTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Trial trial = new Trial(guard);

  private ScriptedServer origin(ConnectionScript... scripts) {
    return trial.server(ScriptedServer.builder("origin").connections(scripts));
  }

  private ScriptedServer proxy(ConnectionScript script) {
    return trial.server(ScriptedServer.builder("proxy").connections(script));
  }

  private Trial through(ProxyRoute route, String scheme, ScriptedServer origin) {
    return trial.client(b -> b.proxy(route)).toName(scheme, origin.port());
  }

  private static ProxyRoute http(ScriptedServer proxy) {
    return ProxyRoute.http("127.0.0.1", proxy.port());
  }

  private static ProxyRoute socks(ScriptedServer proxy) {
    return ProxyRoute.socks5("127.0.0.1", proxy.port());
  }

  @Test
  void refusedConnectTellsStatusAndFields() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy =
        proxy(
            ProxyScripts.refuse(
                origin,
                "HTTP/1.1 407 Proxy Authentication Required\r\n"
                    + "Proxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 3\r\n\r\nwho"));
    FailedRequest failed = through(http(proxy), "https", origin).fails();

    failed.phases("CONNECT DONE", "PROXY_CONNECT FAILED").outcome(FAILED);
    failed.diedIn(PROXY_CONNECT, ProxyException.class).caught(ProxyException.class);
    ProxyException error = (ProxyException) failed.error();
    assertThat(error.reason()).isEqualTo(Reason.AUTHENTICATION);
    assertThat(error.status()).hasValue(407);
    assertThat(error.socksReply()).isEmpty();
    assertThat(error.headers().firstValue("proxy-authenticate")).hasValue("Basic realm=\"p\"");
    assertThat(error)
        .hasMessage(
            "proxy 127.0.0.1:%s refused CONNECT: 407 Proxy Authentication Required", proxy.port());
    assertThat(failed.failedPhase().proxyStatus()).hasValue(407);
    assertThat(origin.accepted()).isZero();
  }

  @Test
  void refusedSocksTellsTheReply() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy = proxy(ProxyScripts.socks5Refusing(origin, 5));
    FailedRequest failed = through(socks(proxy), "http", origin).fails();

    failed.phases("CONNECT DONE", "PROXY_CONNECT FAILED").outcome(FAILED);
    ProxyException error = (ProxyException) failed.error();
    assertThat(error.reason()).isEqualTo(Reason.REFUSED);
    assertThat(error.socksReply()).hasValue(5);
    assertThat(error.status()).isEmpty();
    assertThat(error.headers().map()).isEmpty();
    assertThat(error).hasMessageContaining("SOCKS reply 5 (connection refused)");
    assertThat(failed.failedPhase().proxyStatus()).hasValue(5);
  }

  @Test
  void socksProxyThatWantsAUser() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy = proxy(ProxyScripts.socks5(origin, "user", "pass"));

    check(through(socks(proxy), "http", origin).fails(), Reason.AUTHENTICATION);
  }

  @Test
  void socksProxyThatKnowsAnotherUser() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy = proxy(ProxyScripts.socks5(origin, "user", "pass"));
    FailedRequest failed =
        through(socks(proxy).credentials("user", "hunter2"), "http", origin).fails();

    check(failed, Reason.AUTHENTICATION);
    assertThat(failed.error().toString()).doesNotContain("hunter2");
  }

  @Test
  void answerThatIsNotHttp() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy = proxy(ProxyScripts.refuse(origin, "what?\r\n\r\n"));

    check(through(http(proxy), "https", origin).fails(), Reason.MALFORMED);
  }

  @Test
  void answerThatIsNotSocks() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy =
        proxy(
            connection -> {
              connection.readBytes(3);
              connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            });

    check(through(socks(proxy), "http", origin).fails(), Reason.MALFORMED);
  }

  @Test
  void proxyThatClosesWithoutAnAnswer() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy =
        proxy(
            connection -> {
              connection.readHead();
              connection.close();
            });

    check(through(http(proxy), "https", origin).fails(), Reason.CLOSED);
  }

  @Test
  void proxyThatResets() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy =
        proxy(
            connection -> {
              connection.readHead();
              connection.reset();
            });

    check(through(http(proxy), "https", origin).fails(), Reason.BROKEN);
  }

  @Test
  void silentProxyUntilTheConnectTimeout() throws Exception {
    ScriptedServer origin = origin();
    FailedRequest failed =
        Trial.timeIsUpAfter(
            "proxyConnectStart",
            guard,
            (timed, limit) -> {
              ScriptedServer proxy = proxy(connection -> connection.readHead());
              timed.client(b -> b.connectTimeout(limit).proxy(http(proxy)));
              timed.toName("https", origin.port());
            });

    failed.phases("CONNECT DONE", "PROXY_CONNECT FAILED").outcome(TIMED_OUT);
    failed.diedIn(PROXY_CONNECT, ProxyException.class).caught(HttpConnectTimeoutException.class);
    assertThat(failed.error()).cause().hasCauseInstanceOf(ProxyException.class);
    assertThat(((ProxyException) failed.phaseError()).reason()).isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void cancelledWhileTheTunnelIsAskedFor() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy = proxy(connection -> connection.readHead());
    FailedRequest failed =
        through(http(proxy), "https", origin).cancelledAt(trial.at("proxyConnectStart"));

    failed.phases("CONNECT DONE", "PROXY_CONNECT STOPPED").outcome(CANCELLED);
    failed.caught(CancellationException.class);
  }

  @Test
  void nobodyListensAtTheProxy() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy = trial.server(ScriptedServer.builder("proxy").refusingOn("127.0.0.1"));
    FailedRequest failed = through(http(proxy), "https", origin).fails();

    failed.phases("CONNECT FAILED").outcome(FAILED);
    failed.diedIn(CONNECT, ConnectException.class).caught(ConnectException.class);
  }

  @Test
  void proxyWithoutAnAddress() throws Exception {
    ScriptedServer origin = origin();
    FailedRequest failed = through(ProxyRoute.http("no.test", 3128), "https", origin).fails();

    failed.phases("DNS FAILED").outcome(FAILED);
    failed.diedIn(DNS, DnsException.class).caught(ConnectException.class);
  }

  @Test
  void handshakeWithTheProxyFails() throws Exception {
    ScriptedServer origin = origin();
    ScriptedServer proxy = proxy(TlsFaults.closesAfterHello());
    trial.names().resolves("proxy.test", "127.0.0.1");
    FailedRequest failed =
        through(ProxyRoute.https("proxy.test", proxy.port()), "https", origin).fails();

    failed.phases("DNS DONE", "CONNECT DONE", "PROXY_TLS FAILED").outcome(FAILED);
    failed.diedIn(PROXY_TLS, TlsException.class).caught(TlsException.class);
    assertThat(failed.error()).hasMessageContaining("proxy.test:" + proxy.port());
  }

  @Test
  void handshakeInsideTheTunnelFails() throws Exception {
    ScriptedServer origin =
        origin(connection -> connection.startTls(ServerTls.with(TestCertificate.WRONG_NAME)));
    ScriptedServer proxy = proxy(ProxyScripts.tunnel(origin, null));
    FailedRequest failed = through(http(proxy), "https", origin).fails();

    failed.phases("CONNECT DONE", "PROXY_CONNECT DONE", "TLS FAILED").outcome(FAILED);
    failed.diedIn(TLS, TlsException.class).caught(TlsException.class);
    assertThat(((TlsException) failed.error()).reason()).isEqualTo(TlsException.Reason.WRONG_NAME);
  }

  private static void check(FailedRequest failed, Reason reason) {
    failed.phases("CONNECT DONE", "PROXY_CONNECT FAILED").outcome(FAILED);
    failed.diedIn(PROXY_CONNECT, ProxyException.class).caught(ProxyException.class);
    assertThat(((ProxyException) failed.error()).reason()).isEqualTo(reason);
    assertThat(failed.phaseError()).isSameAs(failed.error());
    assertThat(failed.failedPhase().proxyStatus()).isEmpty();
  }
}
