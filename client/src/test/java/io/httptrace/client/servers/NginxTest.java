package io.httptrace.client.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceRecorder;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** nginx, by HTTP/1.1 and HTTP/2. */
@Tag("servers")
class NginxTest {
  private static final int CONCURRENT = 200;

  @TempDir private static Path directory;
  private static Nginx nginx;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Hooks hooks =
      new Hooks().port("plain", nginx.plainPort()).port("tls", nginx.tlsPort());

  @BeforeAll
  static void startNginx() throws Exception {
    nginx = Nginx.start(directory);
  }

  @AfterAll
  static void stopNginx() {
    nginx.close();
  }

  @AfterEach
  void everyConnectionIsClosed() throws Exception {
    assertThat(nginx.otherConnectionsInTheEnd()).isZero();
  }

  private static TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder().trustManager(TestCertificate.trusting());
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  @Test
  void plainText() throws Exception {
    Visit visit = Visit.of(client(), get(nginx.plain("/hello")), get(nginx.plain("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET http://127.0.0.1:{plain}/hello",
            "getConn 127.0.0.1:{plain}",
            "connectStart tcp 127.0.0.1:{plain}",
            "connectDone tcp 127.0.0.1:{plain}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{plain} reused=false wasIdle=false",
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
            "getConn 127.0.0.1:{plain}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{plain} reused=true wasIdle=true",
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
  void http1OverTls() throws Exception {
    Visit visit = Visit.of(client().version(Version.HTTP_1_1), get(nginx.tls("/hello")));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/hello",
            "getConn 127.0.0.1:{tls}",
            "connectStart tcp 127.0.0.1:{tls}",
            "connectDone tcp 127.0.0.1:{tls}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN: Resumed:false ServerName:}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{tls} reused=false wasIdle=false",
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
  void http2ByName() throws Exception {
    TracingHttpClientBuilder client =
        client().resolver(new FakeResolver().resolves("example.test", "127.0.0.1")::lookup);
    URI uri = URI.create("https://example.test:" + nginx.tlsPort() + "/hello");
    Visit visit = Visit.of(client, get(uri), get(uri));

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/2 hello");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://example.test:{tls}/hello",
            "getConn example.test:{tls}",
            "dnsStart example.test",
            "dnsDone [127.0.0.1]",
            "connectStart tcp 127.0.0.1:{tls}",
            "connectDone tcp 127.0.0.1:{tls}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN:h2 Resumed:false ServerName:example.test}",
            "gotConn #1 HTTP/2 127.0.0.1:{tls} reused=false wasIdle=false",
            "wroteHeaderField :authority: example.test:{tls}",
            "wroteHeaderField :method: GET",
            "wroteHeaderField :path: /hello",
            "wroteHeaderField :scheme: https",
            "wroteHeaderField user-agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/2",
            "roundTripDone COMPLETED sent:0 received:5");
    assertThat(visit.answer(1)).isEqualTo("200 HTTP/2 hello");
    assertThat(hooks.of(visit.recorder(1)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://example.test:{tls}/hello",
            "getConn example.test:{tls}",
            "gotConn #1 HTTP/2 127.0.0.1:{tls} reused=true wasIdle=true",
            "wroteHeaderField :authority: example.test:{tls}",
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
  void postByHttp1() throws Exception {
    Visit visit = Visit.of(client().version(Version.HTTP_1_1), post());

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/1.1 POST 17");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST POST https://127.0.0.1:{tls}/length",
            "getConn 127.0.0.1:{tls}",
            "connectStart tcp 127.0.0.1:{tls}",
            "connectDone tcp 127.0.0.1:{tls}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN: Resumed:false ServerName:}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{tls} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{tls}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaderField Content-Length: 17",
            "wroteHeaderField Content-Type: text/plain",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:17 received:7");
  }

  @Test
  void postByHttp2() throws Exception {
    Visit visit = Visit.of(client(), post());

    assertThat(visit.answer(0)).isEqualTo("200 HTTP/2 POST 17");
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST POST https://127.0.0.1:{tls}/length",
            "getConn 127.0.0.1:{tls}",
            "connectStart tcp 127.0.0.1:{tls}",
            "connectDone tcp 127.0.0.1:{tls}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN:h2 Resumed:false ServerName:}",
            "gotConn #1 HTTP/2 127.0.0.1:{tls} reused=false wasIdle=false",
            "wroteHeaderField :authority: 127.0.0.1:{tls}",
            "wroteHeaderField :method: POST",
            "wroteHeaderField :path: /length",
            "wroteHeaderField :scheme: https",
            "wroteHeaderField user-agent: httptrace/0.1",
            "wroteHeaderField content-length: 17",
            "wroteHeaderField content-type: text/plain",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/2",
            "roundTripDone COMPLETED sent:17 received:7");
  }

  private static HttpRequest post() {
    return HttpRequest.newBuilder(nginx.tls("/length"))
        .header("Content-Type", "text/plain")
        .POST(BodyPublishers.ofString("some request body"))
        .build();
  }

  @Test
  void uploadIsStoredAndReadBackByHttp1() throws Exception {
    uploaded(Version.HTTP_1_1);
  }

  @Test
  void uploadIsStoredAndReadBackByHttp2() throws Exception {
    uploaded(Version.HTTP_2);
  }

  /** More than the flow-control window of a stream (RFC 9113, section 6.9.2). */
  private void uploaded(Version version) throws Exception {
    byte[] content = Arrays.copyOf(nginx.large(), 1_000_000);
    URI uri = nginx.tls("/files/" + version);
    HttpRequest put = HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofByteArray(content)).build();
    Visit visit = Visit.of(client().version(version), put, get(uri));

    assertThat(visit.response(0).statusCode()).isEqualTo(201);
    assertThat(visit.response(1).body()).isEqualTo(content);
    assertThat(visit.response(1).version()).isEqualTo(version);
  }

  @Test
  void largeDownloadByHttp1() throws Exception {
    Visit visit = Visit.of(client().version(Version.HTTP_1_1), get(nginx.tls("/large")));

    assertThat(visit.response(0).version()).isEqualTo(Version.HTTP_1_1);
    assertThat(visit.response(0).body()).isEqualTo(nginx.large());
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/large",
            "getConn 127.0.0.1:{tls}",
            "connectStart tcp 127.0.0.1:{tls}",
            "connectDone tcp 127.0.0.1:{tls}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN: Resumed:false ServerName:}",
            "gotConn #1 HTTP/1.1 127.0.0.1:{tls} reused=false wasIdle=false",
            "wroteHeaderField Host: 127.0.0.1:{tls}",
            "wroteHeaderField User-Agent: httptrace/0.1",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse 200 HTTP/1.1",
            "putIdleConn",
            "roundTripDone COMPLETED sent:0 received:5242880");
  }

  @Test
  void largeDownloadByHttp2() throws Exception {
    Visit visit = Visit.of(client(), get(nginx.tls("/large")));

    assertThat(visit.response(0).version()).isEqualTo(Version.HTTP_2);
    assertThat(visit.response(0).body()).isEqualTo(nginx.large());
    assertThat(hooks.of(visit.recorder(0)))
        .containsExactly(
            "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/large",
            "getConn 127.0.0.1:{tls}",
            "connectStart tcp 127.0.0.1:{tls}",
            "connectDone tcp 127.0.0.1:{tls}",
            "tlsHandshakeStart",
            "tlsHandshakeDone {TLSv1.3 ALPN:h2 Resumed:false ServerName:}",
            "gotConn #1 HTTP/2 127.0.0.1:{tls} reused=false wasIdle=false",
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
  void concurrentRequestsShareOneHttp2Connection() throws Exception {
    HttpRequest request = get(nginx.tls("/connection"));
    List<TraceRecorder> recorders = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    List<String> connections = new ArrayList<>();
    try (TracingHttpClient client = client().build()) {
      // Of requests to an unknown origin each would dial.
      String first = client.send(request, BodyHandlers.ofString()).body();
      for (int i = 0; i < CONCURRENT; i++) {
        TraceRecorder recorder = new TraceRecorder();
        recorders.add(recorder);
        sent.add(client.sendAsync(TracedRequest.of(request, recorder), BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> future : sent) {
        HttpResponse<String> response = future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        connections.add(response.body());
      }
      assertThat(connections).hasSize(CONCURRENT).containsOnly(first);
    }
    for (TraceRecorder recorder : recorders) {
      assertThat(
              hooks.of(recorder).stream()
                  .map(line -> line.replace("wasIdle=true", "wasIdle=false")))
          .containsExactly(
              "roundTripStart #1 FIRST GET https://127.0.0.1:{tls}/connection",
              "getConn 127.0.0.1:{tls}",
              "gotConn #1 HTTP/2 127.0.0.1:{tls} reused=true wasIdle=false",
              "wroteHeaderField :authority: 127.0.0.1:{tls}",
              "wroteHeaderField :method: GET",
              "wroteHeaderField :path: /connection",
              "wroteHeaderField :scheme: https",
              "wroteHeaderField user-agent: httptrace/0.1",
              "wroteHeaders",
              "wroteRequest",
              "gotFirstResponseByte",
              "gotResponse 200 HTTP/2",
              "roundTripDone COMPLETED sent:0 received:1");
    }
  }
}
