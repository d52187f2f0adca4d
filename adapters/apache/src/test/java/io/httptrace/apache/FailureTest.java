package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.HttpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every failure ends the timeline, which says where it was. */
final class FailureTest {
  private final PathServer site = new PathServer();
  private final TraceRecorder recorder = new TraceRecorder();

  @AfterEach
  void close() {
    site.close();
  }

  private static ClassicClient client() {
    return new ClassicClient(
        ApacheTracing.create(), settings -> settings.disableAutomaticRetries(), pool -> {});
  }

  private String failure(String url) throws IOException {
    try (ClassicClient client = client()) {
      return failure(client, ClassicClient.get(url));
    }
  }

  /** {@return how the last round trip ended, and in or after which phase} */
  private String failure(ClassicClient client, HttpUriRequestBase request) {
    try {
      client.send(request, recorder);
      return "none";
    } catch (IOException | IllegalStateException expected) {
      Timeline timeline = recorder.timeline();
      assertThat(timeline.ended()).isTrue();
      List<RoundTrip> roundTrips = timeline.roundTrips();
      RoundTrip last = roundTrips.get(roundTrips.size() - 1);
      Phase in = last.failedPhase();
      Phase after = last.failedAfter();
      return last.outcome()
          + (in == null ? "" : " in " + in.kind())
          + (after == null ? "" : " after " + after.kind());
    }
  }

  @Test
  void noSuchHost() throws IOException {
    try (ClassicClient client =
        new ClassicClient(
            ApacheTracing.create(), settings -> {}, pool -> pool.setDnsResolver(new NoNames()))) {
      assertThat(failure(client, ClassicClient.get("http://nobody.test/")))
          .isEqualTo("FAILED in DNS");
    }
  }

  @Test
  void refused() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(failure("http://127.0.0.1:" + port)).isEqualTo("FAILED in CONNECT");
  }

  @Test
  void anUntrustedCertificate() throws IOException {
    try (ScriptedServer tls =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> connection.startTls(ServerTls.with(TestCertificate.GOOD)))
            .start()) {
      assertThat(failure("https://localhost:" + tls.port())).isEqualTo("FAILED in TLS");
    }
  }

  @Test
  void notHttp() throws IOException {
    assertThat(failure(site.url("/nonsense"))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void noAnswer() throws IOException {
    assertThat(failure(site.url("/drop"))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void aBodyThatIsCutShort() throws IOException {
    assertThat(failure(site.url("/cut"))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void aTimeLimitForReading() throws IOException {
    HttpUriRequestBase request = ClassicClient.get(site.url("/slow"));
    request.setConfig(
        RequestConfig.custom().setResponseTimeout(100, TimeUnit.MILLISECONDS).build());
    try (ClassicClient client = client()) {
      assertThat(failure(client, request)).isEqualTo("TIMED_OUT in WAIT");
    }
  }

  @Test
  void cancelled() throws Exception {
    HttpUriRequestBase request = ClassicClient.get(site.url("/slow"));
    Thread canceller =
        new Thread(
            () -> {
              try {
                site.server().awaitRequests(1);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              request.cancel();
            });
    canceller.start();
    try (ClassicClient client = client()) {
      assertThat(failure(client, request)).isEqualTo("CANCELLED in WAIT");
    }
    canceller.join();
  }

  @Test
  void anUncheckedExceptionOfAnInterceptor() throws IOException {
    try (ClassicClient client =
        new ClassicClient(
            ApacheTracing.create(),
            settings ->
                settings.addRequestInterceptorLast(
                    (request, entity, context) -> {
                      throw new IllegalStateException("no");
                    }),
            pool -> {})) {
      assertThat(failure(client, ClassicClient.get(site.url("/ok")))).startsWith("FAILED");
    }
    assertThat(recorder.timeline().roundTrips().get(0).error())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aProtocolErrorOfAnInterceptor() throws IOException {
    try (ClassicClient client =
        new ClassicClient(
            ApacheTracing.create(),
            settings ->
                settings.addResponseInterceptorLast(
                    (response, entity, context) -> {
                      throw new HttpException("no");
                    }),
            pool -> {})) {
      assertThat(failure(client, ClassicClient.get(site.url("/ok")))).startsWith("FAILED");
    }
    assertThat(recorder.timeline().roundTrips().get(0).error()).isInstanceOf(HttpException.class);
  }
}
