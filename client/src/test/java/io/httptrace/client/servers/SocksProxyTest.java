package io.httptrace.client.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.ProxyRoute;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.TraceRecorder;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A SOCKS5 proxy before nginx (RFC 1928): open, and for a user (RFC 1929). */
@Tag("servers")
class SocksProxyTest {
  private static final String REFUSAL =
      " err=ProxyException: proxy 127.0.0.1:{closed}: authentication failed";

  @TempDir private static Path originDirectory;
  @TempDir private static Path openDirectory;
  @TempDir private static Path closedDirectory;
  private static Nginx nginx;
  private static Microsocks open;
  private static Microsocks closed;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Hooks hooks =
      new Hooks()
          .port("plain", nginx.plainPort())
          .port("tls", nginx.tlsPort())
          .port("open", open.port())
          .port("closed", closed.port());

  @BeforeAll
  static void startServers() throws Exception {
    nginx = Nginx.start(originDirectory);
    open = Microsocks.start(openDirectory);
    closed = Microsocks.start(closedDirectory, "-u", "user", "-P", "pass");
  }

  @AfterAll
  static void stopServers() {
    closed.close();
    open.close();
    nginx.close();
  }

  @AfterEach
  void everyConnectionIsClosed() throws Exception {
    assertThat(nginx.otherConnectionsInTheEnd()).isZero();
  }

  private static TracingHttpClientBuilder through(ProxyRoute route) {
    return TracingHttpClient.newBuilder().trustManager(TestCertificate.trusting()).proxy(route);
  }

  private static ProxyRoute open() {
    return ProxyRoute.socks5("127.0.0.1", open.port());
  }

  private static ProxyRoute closed() {
    return ProxyRoute.socks5("127.0.0.1", closed.port());
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  @Test
  void plainTarget() throws Exception {
    Visit visit = Visit.of(through(open()), get(nginx.plain("/hello")), get(nginx.plain("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET http://127.0.0.1:{plain}/hello",
            "getConn 127.0.0.1:{open}",
            "connectStart tcp 127.0.0.1:{open}",
            "connectDone tcp 127.0.0.1:{open}",
            "proxyConnectStart 127.0.0.1:{open}",
            "proxyConnectDone 0",
            "gotConn #1 HTTP/1.1 127.0.0.1:{open} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{plain}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:0 received:5");
    assertThat(visit.answer(1)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(1)))
        .containsExactly(
            "roundTripStart #1 FIRST GET http://127.0.0.1:{plain}/hello",
            "getConn 127.0.0.1:{open}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{open} reused=true wasIdle=true",
            "wroteHeaderField Host: 127.0.0.1:{plain}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:0 received:5");
  }

  @Test
  void plainTargetForAUser() throws Exception {
    ProxyRoute route = closed().credentials("user", "pass");
    Visit visit = Visit.of(through(route), get(nginx.plain("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET http://127.0.0.1:{plain}/hello",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "proxyConnectStart 127.0.0.1:{closed}",
            "proxyConnectDone 0",
            "gotConn #1 HTTP/1.1 127.0.0.1:{closed} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{plain}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:0 received:5");
  }

  @Test
  void secureTargetByHttp1() throws Exception {
    Visit visit = Visit.of(through(open()).version(Version.HTTP_1_1), get(nginx.tls("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{open}",
            "connectStart tcp 127.0.0.1:{open}",
            "connectDone tcp 127.0.0.1:{open}",
            "proxyConnectStart 127.0.0.1:{open}",
            "proxyConnectDone 0",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN: Resumed:false ServerName:}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{open} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{tls}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:0 received:5");
  }

  @Test
  void secureTargetByHttp2ForAUser() throws Exception {
    ProxyRoute route = closed().credentials("user", "pass");
    Visit visit = Visit.of(through(route), get(nginx.tls("/large")));

    assertThat(visit.response(0).version()).isEqualTo(Version.HTTP_2);
    assertThat(visit.response(0).body()).isEqualTo(nginx.large());
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/large",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "proxyConnectStart 127.0.0.1:{closed}",
            "proxyConnectDone 0",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN:h2 Resumed:false ServerName:}",
            "gotConn #1 HTTP/2 127.0.0.1:{closed} reused=false wasIdle=false",
            "wroteHeaderField :authority: 127.0.0.1:{tls}",
            "wroteHeaderField :method: GET",
            "wroteHeaderField :path: /large",
            "wroteHeaderField :scheme: https",
            "wroteHeaderField user-agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/2",
            "roundTripDone COMPLETED sent:0 received:5242880");
  }

  @Test
  void userIsWanted() {
    TraceRecorder recorder = new TraceRecorder();
    refused(closed(), recorder);

    assertThat(hooks.of(recorder))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "proxyConnectStart 127.0.0.1:{closed}",
            "proxyConnectDone" + REFUSAL,
            "roundTripDone FAILED sent:0 received:0" + REFUSAL);
  }

  @Test
  void passwordIsWrong() {
    TraceRecorder recorder = new TraceRecorder();
    refused(closed().credentials("user", "guessed"), recorder);

    assertThat(hooks.of(recorder))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "proxyConnectStart 127.0.0.1:{closed}",
            "proxyConnectDone" + REFUSAL,
            "roundTripDone FAILED sent:0 received:0" + REFUSAL);
  }

  private static void refused(ProxyRoute route, TraceRecorder recorder) {
    HttpRequest request = TracedRequest.of(get(nginx.tls("/hello")), recorder);
    try (TracingHttpClient client = through(route).build()) {
      assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
          .isInstanceOfSatisfying(
              ProxyException.class,
              error -> assertThat(error.reason()).isEqualTo(ProxyException.Reason.AUTHENTICATION));
    }
  }
}
