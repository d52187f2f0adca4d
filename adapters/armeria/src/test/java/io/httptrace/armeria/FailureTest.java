package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import io.httptrace.Hook;
import io.httptrace.conformance.error.LookupException;
import io.httptrace.conformance.error.LookupException.Kind;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.GrowingLimit;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every failure ends the timeline, which says where it was. */
final class FailureTest {
  private final PathServer site = new PathServer();
  private final ArmeriaTracing tracing = ArmeriaTracing.create();
  private TestClient client = TestClient.of(tracing);
  private HookNames events = new HookNames();

  @AfterEach
  void close() {
    client.close();
    site.close();
  }

  private void use(TestClient other) {
    client.close();
    client = other;
  }

  /** {@return how a request fails, and in or after which phase} */
  private String failure(String url) {
    return failure(client.send(url, events.trace()));
  }

  private String failure(HttpResponse response) {
    client.fail(response);
    return ended();
  }

  private String ended() {
    Timeline timeline = events.awaitRoundTripDone().recorder().timeline();
    assertThat(timeline.ended()).isTrue();
    List<RoundTrip> roundTrips = timeline.roundTrips();
    RoundTrip last = roundTrips.get(roundTrips.size() - 1);
    Phase in = last.failedPhase();
    Phase after = last.failedAfter();
    return last.outcome()
        + (in == null ? "" : " in " + in.kind())
        + (after == null ? "" : " after " + after.kind());
  }

  /** {@return how a request ends whose time limit is long enough to get into a phase} */
  private String timedOut(String url, String phase) throws Exception {
    return GrowingLimit.of(
        limit -> {
          events = new HookNames();
          String ended = failure(limited(url, limit));
          return ended.endsWith(phase) ? ended : null;
        });
  }

  private HttpResponse limited(String url, Duration limit) {
    return client.send(
        url,
        events.trace(),
        options ->
            options.responseTimeout(limit).responseTimeoutMode(ResponseTimeoutMode.FROM_START));
  }

  @Test
  void noSuchHost() {
    use(
        TestClient.withNames(
            tracing,
            host -> CompletableFuture.failedFuture(new LookupException(Kind.NOT_FOUND, host))));

    assertThat(failure("http://nobody.test/")).isEqualTo("FAILED in DNS");
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
  void anUntrustedCertificate() {
    try (ScriptedServer tls =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> connection.startTls(ServerTls.with(TestCertificate.GOOD)))
            .start()) {
      assertThat(failure("https://127.0.0.1:" + tls.port())).isEqualTo("FAILED in TLS");
    }
  }

  @Test
  void notHttp() {
    assertThat(failure(site.url("/nonsense"))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void noAnswer() {
    assertThat(failure(site.url("/drop"))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void aBodyThatIsCutShort() {
    assertThat(failure(site.url("/cut"))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void aTimeLimitDuringALookup() throws Exception {
    use(TestClient.withNames(tracing, host -> new CompletableFuture<>()));

    assertThat(timedOut("http://slow.test/", "DNS")).isEqualTo("TIMED_OUT in DNS");
  }

  @Test
  void aTimeLimitDuringConnecting() throws Exception {
    try (ScriptedServer hole = hole()) {
      assertThat(timedOut("http://127.0.0.1:" + hole.port(), "CONNECT"))
          .isEqualTo("TIMED_OUT in CONNECT");
    }
  }

  @Test
  void aTimeLimitForConnecting() {
    try (ScriptedServer hole = hole();
        ClientFactory impatient =
            tracing
                .install(ClientFactory.builder())
                .preferHttp1(true)
                .connectTimeout(Duration.ofMillis(100))
                .build()) {
      HttpResponse response =
          tracing
              .install(WebClient.builder().factory(impatient))
              .build()
              .prepare()
              .get("http://127.0.0.1:" + hole.port())
              .attr(ArmeriaTracing.CLIENT_TRACE, events.trace())
              .execute();
      assertThat(failure(response)).isEqualTo("TIMED_OUT in CONNECT");
    }
  }

  /** A server that answers no attempt to connect. */
  private static ScriptedServer hole() {
    return ScriptedServer.builder("hole").hangingOn("127.0.0.1").start();
  }

  @Test
  void aTimeLimitDuringTheWait() throws Exception {
    assertThat(timedOut(site.url("/slow"), "WAIT")).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void cancelled() throws Exception {
    HttpResponse response = client.send(site.url("/slow"), events.trace());
    site.server().awaitRequests(1);
    response.abort();
    events.await(Hook.ROUND_TRIP_DONE);

    assertThat(ended()).isEqualTo("CANCELLED in WAIT");
  }

  @Test
  void anExceptionOfADecorator() {
    use(
        TestClient.of(
            tracing,
            builder ->
                builder
                    .decorator(
                        delegate ->
                            (ctx, req) -> {
                              throw new IllegalStateException("no");
                            })
                    .decorator(tracing.newDecorator())));

    assertThat(failure(site.url("/ok"))).isEqualTo("FAILED");
  }
}
