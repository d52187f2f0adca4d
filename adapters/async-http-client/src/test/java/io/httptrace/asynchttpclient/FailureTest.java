package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripOutcome;
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
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every failure ends the timeline, which says where it was. */
final class FailureTest {
  private final PathServer site = new PathServer();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
  private AsyncHttpClient client = client(config());

  @AfterEach
  void close() throws IOException {
    client.close();
    site.close();
  }

  private static DefaultAsyncHttpClientConfig.Builder config() {
    return AhcTestConfig.quick().setMaxRequestRetry(0);
  }

  private AsyncHttpClient client(DefaultAsyncHttpClientConfig.Builder config) {
    return asyncHttpClient(
        AsyncHttpClientTracing.create().onTimeline(timelines::add).install(config));
  }

  private void use(DefaultAsyncHttpClientConfig.Builder config) throws IOException {
    client.close();
    client = client(config);
  }

  private String failure(String url) throws Exception {
    return failure(client.executeRequest(Calls.get(url)));
  }

  /** {@return how the last round trip ended, and in or after which phase} */
  private String failure(ListenableFuture<Response> sent) throws Exception {
    try {
      sent.toCompletableFuture().join();
      timelines.clear();
      return "none";
    } catch (java.util.concurrent.CompletionException
        | java.util.concurrent.CancellationException expected) {
      return end();
    }
  }

  private String end() throws InterruptedException {
    Timeline timeline = timelines.poll(Waiting.LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    assertThat(timeline).isNotNull();
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
    Request request =
        new RequestBuilder("GET").setUrl("http://nobody.test/").setNameResolver(new None()).build();
    assertThat(failure(client.executeRequest(request))).isEqualTo("FAILED in DNS");
  }

  /** Knows nobody. */
  private static final class None extends InetNameResolver {
    None() {
      super(ImmediateEventExecutor.INSTANCE);
    }

    @Override
    protected void doResolve(String inetHost, Promise<InetAddress> promise) {
      promise.setFailure(new UnknownHostException(inetHost));
    }

    @Override
    protected void doResolveAll(String inetHost, Promise<List<InetAddress>> promise) {
      promise.setFailure(new UnknownHostException(inetHost));
    }
  }

  @Test
  void refused() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(failure("http://127.0.0.1:" + port)).isEqualTo("FAILED in CONNECT");
  }

  @Test
  void anUntrustedCertificate() throws Exception {
    try (ScriptedServer tls =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> connection.startTls(ServerTls.with(TestCertificate.GOOD)))
            .start()) {
      assertThat(failure("https://localhost:" + tls.port())).isEqualTo("FAILED in TLS");
    }
  }

  @Test
  void notHttp() throws Exception {
    assertThat(failure(site.url("/nonsense"))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void noAnswer() throws Exception {
    assertThat(failure(site.url("/drop"))).isEqualTo("FAILED in WAIT");
  }

  @Test
  void aBodyThatIsCutShort() throws Exception {
    assertThat(failure(site.url("/cut"))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void aTimeLimitOfTheCall() throws Exception {
    String failure =
        GrowingLimit.of(
            limit -> {
              Request request =
                  new RequestBuilder("GET")
                      .setUrl(site.url("/slow"))
                      .setRequestTimeout(Duration.ofMillis(limit.toMillis()))
                      .build();
              String ended = failure(client.executeRequest(request));
              return ended.endsWith("WAIT") ? ended : null;
            });
    assertThat(failure).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void aTimeLimitForReading() throws Exception {
    String failure =
        GrowingLimit.of(
            limit -> {
              use(config().setReadTimeout(limit));
              String ended = failure(site.url("/slow"));
              return ended.endsWith("WAIT") ? ended : null;
            });
    assertThat(failure).isEqualTo("TIMED_OUT in WAIT");
  }

  @Test
  void cancelled() throws Exception {
    Gate written = new Gate();
    ClientTrace trace = ClientTrace.builder().wroteRequest(info -> written.open()).build();
    ListenableFuture<Response> sent =
        client.executeRequest(
            Calls.get(site.url("/slow")), AsyncHttpClientTracing.traced(new Calls.Whole(), trace));
    assertThat(written.await(Waiting.LIMIT)).isTrue();

    sent.cancel(true);

    assertThat(end()).isEqualTo("CANCELLED in WAIT");
  }

  @Test
  void aClientThatIsClosed() throws Exception {
    client.close();

    ListenableFuture<Response> sent = client.executeRequest(Calls.get(site.url("/ok")));

    assertThat(sent.isDone()).isTrue();
    Timeline timeline = timelines.take();
    assertThat(timeline.roundTrips()).hasSize(1);
    assertThat(timeline.roundTrips().get(0).outcome()).isEqualTo(RoundTripOutcome.FAILED);
    assertThat(timeline.roundTrips().get(0).error()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aHandlerThatThrows() throws Exception {
    IllegalStateException no = new IllegalStateException("no");
    try {
      client
          .executeRequest(
              Calls.get(site.url("/ok")),
              new org.asynchttpclient.AsyncCompletionHandler<Response>() {
                @Override
                public State onHeadersReceived(io.netty.handler.codec.http.HttpHeaders headers) {
                  throw no;
                }

                @Override
                public Response onCompleted(Response response) {
                  return response;
                }
              })
          .get();
    } catch (ExecutionException expected) {
      assertThat(expected).hasCause(no);
    }
    Timeline timeline = timelines.take();
    assertThat(timeline.roundTrips().get(0).outcome()).isEqualTo(RoundTripOutcome.FAILED);
    assertThat(timeline.roundTrips().get(0).error()).isSameAs(no);
  }
}
