package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripOutcome;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.GrowingLimit;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every failure ends the timeline, which says where it was. */
final class FailureTest {
  private final PathServer site = new PathServer();
  private final TraceRecorder recorder = new TraceRecorder();
  private OkHttpClient client = OkHttpTracing.create().install(new OkHttpClient.Builder()).build();

  @AfterEach
  void close() {
    client.connectionPool().evictAll();
    site.close();
  }

  private Call call(String url) {
    return client.newCall(new Request.Builder().url(url).tag(ClientTrace.class, recorder).build());
  }

  /** {@return how the last round trip ended, and in or after which phase} */
  private String failure(Call call) {
    try (Response response = call.execute()) {
      response.body().bytes();
      return "none";
    } catch (IOException expected) {
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
  void noSuchHost() {
    client =
        client
            .newBuilder()
            .dns(
                host -> {
                  throw new UnknownHostException(host);
                })
            .build();
    assertThat(failure(call("http://nobody.test/"))).isEqualTo("FAILED in DNS");
  }

  @Test
  void refused() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(failure(call("http://127.0.0.1:" + port))).isEqualTo("FAILED in CONNECT");
  }

  @Test
  void anUntrustedCertificate() {
    try (ScriptedServer tls =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> connection.startTls(ServerTls.with(TestCertificate.GOOD)))
            .start()) {
      assertThat(failure(call("https://localhost:" + tls.port()))).isEqualTo("FAILED in TLS");
    }
  }

  @Test
  void notHttp() {
    assertThat(failure(call(site.url("/nonsense")))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void noAnswer() {
    assertThat(failure(call(site.url("/drop")))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void aBodyThatIsCutShort() {
    assertThat(failure(call(site.url("/cut")))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void aTimeLimitOfTheCall() throws Exception {
    String failure =
        GrowingLimit.of(
            limit -> {
              Call call = call(site.url("/slow"));
              call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
              String ended = failure(call);
              return ended.endsWith("WAIT") ? ended : null;
            });
    assertThat(failure).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void aTimeLimitForReading() {
    client = client.newBuilder().readTimeout(100, TimeUnit.MILLISECONDS).build();
    assertThat(failure(call(site.url("/slow")))).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void cancelled() throws Exception {
    Call call = call(site.url("/slow"));
    Thread canceller =
        new Thread(
            () -> {
              try {
                site.server().awaitRequests(1);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              call.cancel();
            });
    canceller.start();
    assertThat(failure(call)).isEqualTo("CANCELLED in WAIT");
    canceller.join();
  }

  @Test
  void anUncheckedExceptionOfAnInterceptor() {
    client =
        client
            .newBuilder()
            .addNetworkInterceptor(
                chain -> {
                  throw new IllegalStateException("no");
                })
            .build();
    try {
      call(site.url("/ok")).execute().close();
    } catch (IOException | IllegalStateException thrown) {
      // It is what this is about.
    }
    RoundTrip last = recorder.timeline().roundTrips().get(0);
    assertThat(last.outcome()).isEqualTo(RoundTripOutcome.FAILED);
    assertThat(last.error()).isInstanceOf(IllegalStateException.class);
  }
}
