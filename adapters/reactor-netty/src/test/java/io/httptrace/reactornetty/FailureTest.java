package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Every failure ends the timeline, which says where it was. */
final class FailureTest {
  private final PathServer site = new PathServer();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
  private final ConnectionProvider provider = ConnectionProvider.create("failure", 1);
  private HttpClient client =
      ReactorNettyTracing.create()
          .onTimeline(timelines::add)
          .install(HttpClient.create(provider).disableRetry(true));

  @BeforeEach
  void beQuiet() {
    QuietLog.on();
  }

  @AfterEach
  void close() {
    site.close();
    provider.disposeLater().block();
  }

  private Mono<String> get(String url) {
    return client.get().uri(url).responseContent().aggregate().asString();
  }

  /** {@return how the last round trip of a call ended, and in or after which phase} */
  private String failure(Mono<?> call) throws InterruptedException {
    try {
      call.block();
    } catch (RuntimeException expected) {
      // It is what this is about.
    }
    return next();
  }

  private String next() throws InterruptedException {
    Timeline timeline = timelines.poll(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (timeline == null) {
      return "no timeline";
    }
    assertThat(timeline.ended()).isTrue();
    List<RoundTrip> roundTrips = timeline.roundTrips();
    RoundTrip last = roundTrips.get(roundTrips.size() - 1);
    Phase in = last.failedPhase();
    Phase after = last.failedAfter();
    return last.outcome()
        + (in == null ? "" : " in " + in.kind())
        + (after == null ? "" : " after " + after.kind());
  }

  @Test
  void noSuchHost() throws Exception {
    client =
        client.resolver(
            new NamesResolver(host -> CompletableFuture.failedFuture(new UnknownHostException())));
    assertThat(failure(get("http://nobody.test/"))).isEqualTo("FAILED in DNS");
  }

  @Test
  void refused() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(failure(get("http://127.0.0.1:" + port))).isEqualTo("FAILED in CONNECT");
  }

  @Test
  void anUntrustedCertificate() throws Exception {
    try (ScriptedServer tls =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> connection.startTls(ServerTls.with(TestCertificate.GOOD)))
            .start()) {
      assertThat(failure(get("https://localhost:" + tls.port()))).isEqualTo("FAILED in TLS");
    }
  }

  @Test
  void notHttp() throws Exception {
    assertThat(failure(get(site.url("/nonsense")))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void noAnswer() throws Exception {
    assertThat(failure(get(site.url("/drop")))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void aBodyThatIsCutShort() throws Exception {
    assertThat(failure(get(site.url("/cut")))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void aTimeLimitForTheResponse() throws Exception {
    client = client.responseTimeout(Duration.ofMillis(100));
    assertThat(failure(get(site.url("/slow")))).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void noConnectionIsFree() throws Exception {
    ConnectionProvider one =
        ConnectionProvider.builder("one")
            .maxConnections(1)
            .pendingAcquireTimeout(Duration.ofMillis(100))
            .build();
    client =
        ReactorNettyTracing.create().onTimeline(timelines::add).install(HttpClient.create(one));
    var first = get(site.url("/slow")).subscribe();
    site.server().awaitRequests(1);

    assertThat(failure(get(site.url("/ok")))).isEqualTo("TIMED_OUT");
    first.dispose();
    assertThat(next()).isEqualTo("CANCELLED in WAIT");
    one.disposeLater().block();
  }

  @Test
  void cancelledWhileItWaitsForTheResponse() throws Exception {
    var call = get(site.url("/slow")).subscribe();
    site.server().awaitRequests(1);
    call.dispose();
    assertThat(next()).isEqualTo("CANCELLED in WAIT");
  }

  @Test
  void cancelledByReactorsTimeLimit() throws Exception {
    Mono<String> limited =
        get(site.url("/slow"))
            .timeout(
                Mono.fromRunnable(this::awaitRequest).subscribeOn(Schedulers.boundedElastic()));
    assertThat(failure(limited.onErrorResume(TimeoutException.class, late -> Mono.empty())))
        .isEqualTo("CANCELLED in WAIT");
  }

  private void awaitRequest() {
    try {
      site.server().awaitRequests(1);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void cancelledWhileALookupHangs() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    client =
        client.resolver(
            new NamesResolver(
                host -> {
                  asked.complete(host);
                  return new CompletableFuture<>();
                }));
    var call = get("http://slow.test/").subscribe();
    assertThat(asked.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("slow.test");
    call.dispose();
    assertThat(next()).isEqualTo("CANCELLED in DNS");
  }

  @Test
  void aBodyThatIsNotReadToItsEnd() throws Exception {
    var call =
        client
            .get()
            .uri(site.url("/half"))
            .responseConnection((response, connection) -> connection.inbound().receive().take(1))
            .then();
    assertThat(failure(call)).isEqualTo("ABANDONED");
  }
}
