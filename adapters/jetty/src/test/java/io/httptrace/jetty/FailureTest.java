package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.GrowingLimit;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every failure ends the timeline, which says where it was. */
final class FailureTest {
  private final PathServer site = new PathServer();
  private final Clients clients = new Clients();
  private final TraceRecorder recorder = new TraceRecorder();
  private final HttpClient client = JettyTracing.create().install(new HttpClient());

  @AfterEach
  void close() throws Exception {
    clients.close();
    site.close();
  }

  private Request request(String url) throws Exception {
    if (!client.isStarted()) {
      clients.start(client);
    }
    return Clients.with(client.newRequest(url), recorder);
  }

  /** {@return how the last round trip ended, and in or after which phase} */
  private String failure(Request request) throws InterruptedException {
    try {
      request.send();
      return "none";
    } catch (CancellationException | ExecutionException | TimeoutException expected) {
      return ended();
    }
  }

  private String ended() {
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

  @Test
  void noSuchHost() throws Exception {
    client.setSocketAddressResolver(
        (host, port, context, promise) -> promise.failed(new UnknownHostException(host)));
    assertThat(failure(request("http://nobody.test/"))).isEqualTo("FAILED in DNS");
  }

  @Test
  void refused() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(failure(request("http://127.0.0.1:" + port))).isEqualTo("FAILED in CONNECT");
  }

  @Test
  void anUntrustedCertificate() throws Exception {
    try (ScriptedServer tls =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> connection.startTls(ServerTls.with(TestCertificate.GOOD)))
            .start()) {
      assertThat(failure(request("https://localhost:" + tls.port()))).isEqualTo("FAILED in TLS");
    }
  }

  @Test
  void notHttp() throws Exception {
    assertThat(failure(request(site.url("/nonsense")))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void noAnswer() throws Exception {
    assertThat(failure(request(site.url("/drop")))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void aBodyThatIsCutShort() throws Exception {
    assertThat(failure(request(site.url("/cut")))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void aBodyThatIsNotReadToItsEnd() throws Exception {
    InputStreamResponseListener listener = new InputStreamResponseListener();
    request(site.url("/half")).send(listener);
    listener.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    listener.getInputStream().close();
    listener.await(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(ended()).startsWith("ABANDONED");
  }

  @Test
  void aTimeLimitOfTheRequest() throws Exception {
    String failure =
        GrowingLimit.of(
            limit -> {
              Request request = request(site.url("/slow"));
              request.timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
              String ended = failure(request);
              return ended.endsWith("WAIT") ? ended : null;
            });
    assertThat(failure).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void aTimeLimitForIdling() throws Exception {
    String failure =
        GrowingLimit.of(
            limit -> {
              Request request = request(site.url("/slow"));
              request.idleTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
              String ended = failure(request);
              return ended.endsWith("WAIT") ? ended : null;
            });
    assertThat(failure).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void cancelled() throws Exception {
    Gate written = new Gate();
    ClientTrace trace = ClientTrace.builder().wroteRequest(info -> written.open()).build();
    JettyTracing.create().clientTrace(r -> trace).install(client);
    Request request = request(site.url("/slow"));
    Thread canceller =
        new Thread(
            () -> {
              try {
                written.await(Waiting.LIMIT);
                site.server().awaitRequests(1);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
              request.abort(new CancellationException("no longer wanted"));
            });
    canceller.start();
    assertThat(failure(request)).isEqualTo("CANCELLED in WAIT");
    canceller.join();
  }

  /** The listener of the request is told before the one of the adapter is. */
  @Test
  void cancelledBeforeTheAdapterKnowsIt() throws Exception {
    Gate told = new Gate();
    ClientTrace last = ClientTrace.builder().roundTripDone(info -> told.open()).build();
    JettyTracing.create().clientTrace(r -> last).install(client);
    Request request =
        request(site.url("/ok"))
            .onRequestQueued(queued -> queued.abort(new CancellationException("at once")));

    assertThatThrownBy(request::send).isInstanceOf(CancellationException.class);

    // Jetty has told the application itself, so hooks need not be over.
    assertThat(told.await(Waiting.LIMIT)).isTrue();
    assertThat(ended()).startsWith("CANCELLED");
  }

  @Test
  void cancelledBeforeItIsSent() throws Exception {
    Request request = request(site.url("/ok"));
    request.abort(new CancellationException("no longer wanted"));

    assertThat(failure(request)).startsWith("CANCELLED");
  }
}
