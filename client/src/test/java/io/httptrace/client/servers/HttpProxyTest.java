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

/** An HTTP proxy before nginx: open, for a user, and spoken to by TLS. */
@Tag("servers")
class HttpProxyTest {
  @TempDir private static Path originDirectory;
  @TempDir private static Path openDirectory;
  @TempDir private static Path closedDirectory;
  @TempDir private static Path frontDirectory;
  private static Nginx nginx;
  private static Tinyproxy open;
  private static Tinyproxy closed;
  private static TlsFront front;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Hooks hooks =
      new Hooks()
          .port("plain", nginx.plainPort())
          .port("tls", nginx.tlsPort())
          .port("open", open.port())
          .port("closed", closed.port())
          .port("front", front.port());

  @BeforeAll
  static void startServers() throws Exception {
    nginx = Nginx.start(originDirectory);
    open = Tinyproxy.start(openDirectory);
    closed =
        Tinyproxy.start(closedDirectory, "BasicAuth user pass", "ConnectPort " + nginx.tlsPort());
    front = TlsFront.start(frontDirectory, open.port());
  }

  @AfterAll
  static void stopServers() {
    front.close();
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
    return ProxyRoute.http("127.0.0.1", open.port());
  }

  private static ProxyRoute closed() {
    return ProxyRoute.http("127.0.0.1", closed.port());
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  @Test
  void plainTargetIsAskedForByItsWholeUri() throws Exception {
    Visit visit = Visit.of(through(open()), get(nginx.plain("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET http://127.0.0.1:{plain}/hello",
            "getConn 127.0.0.1:{open}",
            "connectStart tcp 127.0.0.1:{open}",
            "connectDone tcp 127.0.0.1:{open}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{open} reused=false wasIdle=false",
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
            "gotConn #1 HTTP/1.1 127.0.0.1:{closed} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{plain}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaderField Proxy-Authorization: Basic dXNlcjpwYXNz",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:0 received:5");
  }

  @Test
  void plainTargetIsRefusedWithoutAUser() throws Exception {
    Visit visit = Visit.of(through(closed()), get(nginx.plain("/hello")));

    assertThat(visit.response(0).statusCode()).isEqualTo(407);
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET http://127.0.0.1:{plain}/hello",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{closed} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{plain}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 407 HTTP/1.0",
            "roundTripDone COMPLETED sent:0 received:" + visit.response(0).body().length);
  }

  @Test
  void tunnelToHttp1() throws Exception {
    Visit visit =
        Visit.of(
            through(open()).version(Version.HTTP_1_1),
            get(nginx.tls("/hello")),
            get(nginx.tls("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{open}",
            "connectStart tcp 127.0.0.1:{open}",
            "connectDone tcp 127.0.0.1:{open}",
            "proxyConnectStart 127.0.0.1:{open}",
            "proxyConnectDone 200",
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
    assertThat(visit.answer(1)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(1)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{open}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{open} reused=true wasIdle=true",
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
  void tunnelToHttp2() throws Exception {
    Visit visit = Visit.of(through(open()), get(nginx.tls("/large")));

    assertThat(visit.response(0).version()).isEqualTo(Version.HTTP_2);
    assertThat(visit.response(0).body()).isEqualTo(nginx.large());
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/large",
            "getConn 127.0.0.1:{open}",
            "connectStart tcp 127.0.0.1:{open}",
            "connectDone tcp 127.0.0.1:{open}",
            "proxyConnectStart 127.0.0.1:{open}",
            "proxyConnectDone 200",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN:h2 Resumed:false ServerName:}",
            "gotConn #1 HTTP/2 127.0.0.1:{open} reused=false wasIdle=false",
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
  void tunnelForAUser() throws Exception {
    ProxyRoute route = closed().credentials("user", "pass");
    Visit visit = Visit.of(through(route), get(nginx.tls("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/2 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "proxyConnectStart 127.0.0.1:{closed}",
            "proxyConnectDone 200",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN:h2 Resumed:false ServerName:}",
            "gotConn #1 HTTP/2 127.0.0.1:{closed} reused=false wasIdle=false",
            "wroteHeaderField :authority: 127.0.0.1:{tls}",
            "wroteHeaderField :method: GET",
            "wroteHeaderField :path: /hello",
            "wroteHeaderField :scheme: https",
            "wroteHeaderField user-agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/2",
            "roundTripDone COMPLETED sent:0 received:5");
  }

  @Test
  void tunnelIsRefusedWithoutAUser() {
    TraceRecorder recorder = new TraceRecorder();
    refused(closed(), nginx.tls("/hello"), recorder, 407, ProxyException.Reason.AUTHENTICATION);

    assertThat(hooks.of(recorder))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "proxyConnectStart 127.0.0.1:{closed}",
            "proxyConnectDone 407" + refusal("407 Proxy Authentication Required"),
            "roundTripDone FAILED sent:0 received:0"
                + refusal("407 Proxy Authentication Required"));
  }

  @Test
  void tunnelToAForbiddenPortIsRefused() {
    TraceRecorder recorder = new TraceRecorder();
    URI uri = URI.create("https://127.0.0.1:" + nginx.plainPort() + "/");
    ProxyRoute route = closed().credentials("user", "pass");
    refused(route, uri, recorder, 403, ProxyException.Reason.REFUSED);

    assertThat(hooks.of(recorder))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{plain}/",
            "getConn 127.0.0.1:{closed}",
            "connectStart tcp 127.0.0.1:{closed}",
            "connectDone tcp 127.0.0.1:{closed}",
            "proxyConnectStart 127.0.0.1:{closed}",
            "proxyConnectDone 403" + refusal("403 Access violation"),
            "roundTripDone FAILED sent:0 received:0" + refusal("403 Access violation"));
  }

  private static String refusal(String status) {
    return " err=ProxyException: proxy 127.0.0.1:{closed} refused CONNECT: " + status;
  }

  private static void refused(
      ProxyRoute route, URI uri, TraceRecorder recorder, int status, ProxyException.Reason reason) {
    try (TracingHttpClient client = through(route).build()) {
      assertThatThrownBy(
              () -> client.send(TracedRequest.of(get(uri), recorder), BodyHandlers.discarding()))
          .isInstanceOfSatisfying(
              ProxyException.class,
              error -> {
                assertThat(error.status()).hasValue(status);
                assertThat(error.reason()).isEqualTo(reason);
              });
    }
  }

  @Test
  void handshakeWithTheProxyAndOneWithTheTarget() throws Exception {
    ProxyRoute route = ProxyRoute.https("127.0.0.1", front.port());
    Visit visit = Visit.of(through(route), get(nginx.tls("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/2 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{front}",
            "connectStart tcp 127.0.0.1:{front}",
            "connectDone tcp 127.0.0.1:{front}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN: Resumed:false ServerName:}",
            "proxyConnectStart 127.0.0.1:{front}",
            "proxyConnectDone 200",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN:h2 Resumed:false ServerName:}",
            "gotConn #1 HTTP/2 127.0.0.1:{front} reused=false wasIdle=false",
            "wroteHeaderField :authority: 127.0.0.1:{tls}",
            "wroteHeaderField :method: GET",
            "wroteHeaderField :path: /hello",
            "wroteHeaderField :scheme: https",
            "wroteHeaderField user-agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/2",
            "roundTripDone COMPLETED sent:0 received:5");
  }

  @Test
  void plainTargetThroughAProxySpokenToByTls() throws Exception {
    ProxyRoute route = ProxyRoute.https("127.0.0.1", front.port());
    Visit visit = Visit.of(through(route), get(nginx.plain("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET http://127.0.0.1:{plain}/hello",
            "getConn 127.0.0.1:{front}",
            "connectStart tcp 127.0.0.1:{front}",
            "connectDone tcp 127.0.0.1:{front}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN: Resumed:false ServerName:}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{front} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{plain}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:0 received:5");
  }
}
