package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The asynchronous client: where traces come from, failures, and hooks that do not behave. */
final class ApacheAsyncTest {
  private final PathServer site = new PathServer();
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
  private final List<CloseableHttpAsyncClient> open = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    open.forEach(client -> client.close(CloseMode.IMMEDIATE));
    site.close();
  }

  private CloseableHttpAsyncClient client(ApacheTracing tracing) {
    return started(
        tracing.install(
            HttpAsyncClients.custom(), pool -> pool.setDnsResolver(new NoNames()).build()));
  }

  private CloseableHttpAsyncClient started(HttpAsyncClientBuilder builder) {
    CloseableHttpAsyncClient client =
        builder
            .disableAutomaticRetries()
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(2).build())
            .build();
    client.start();
    open.add(client);
    return client;
  }

  private ApacheTracing recorded() {
    return ApacheTracing.create().onTimeline(timelines::add);
  }

  private Timeline timeline() throws InterruptedException {
    Timeline timeline = timelines.poll(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(timeline).isNotNull();
    assertThat(timeline.ended()).isTrue();
    return timeline;
  }

  private static Future<SimpleHttpResponse> send(
      CloseableHttpAsyncClient client, String url, HttpClientContext context) {
    SimpleHttpRequest request = SimpleRequestBuilder.get(url).build();
    return client.execute(request, context, null);
  }

  private static int status(CloseableHttpAsyncClient client, String url, HttpClientContext context)
      throws Exception {
    return send(client, url, context).get().getCode();
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  private String failure(String url) throws Exception {
    Future<SimpleHttpResponse> failing = send(client(recorded()), url, HttpClientContext.create());
    assertThatThrownBy(failing::get).isInstanceOf(ExecutionException.class);
    List<RoundTrip> roundTrips = timeline().roundTrips();
    RoundTrip last = roundTrips.get(roundTrips.size() - 1);
    Phase in = last.failedPhase();
    return last.outcome() + (in == null ? "" : " in " + in.kind());
  }

  @Test
  void theTracesAreCalledInnermostFirst() throws Exception {
    CloseableHttpAsyncClient client =
        client(ApacheTracing.create().clientTrace(request -> named("client")));
    HttpClientContext context = ClassicClient.context(named("request"));

    Future<SimpleHttpResponse> sent =
        TraceContext.current()
            .withClientTrace(named("context"))
            .call(() -> send(client, site.url("/ok"), context));

    assertThat(sent.get().getCode()).isEqualTo(200);
    assertThat(called).containsExactly("request", "context", "client");
  }

  @Test
  void everyRequestHasOneTimeline() throws Exception {
    CloseableHttpAsyncClient client = client(recorded());

    assertThat(status(client, site.url("/ok"), HttpClientContext.create())).isEqualTo(200);
    assertThat(timeline().roundTrips()).hasSize(1);
    assertThat(status(client, site.url("/redirect"), HttpClientContext.create())).isEqualTo(200);
    assertThat(timeline().roundTrips()).hasSize(2);
  }

  @Test
  void failuresSayWhereTheyWere() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(failure("http://127.0.0.1:" + port)).isEqualTo("FAILED in CONNECT");
    assertThat(failure("http://nobody.test/")).isEqualTo("FAILED in DNS");
    assertThat(failure(site.url("/drop"))).isEqualTo("FAILED in WAIT");
    assertThat(failure(site.url("/cut"))).isEqualTo("FAILED in RESPONSE");
  }

  @Test
  void aHookThatThrowsIsLoggedOnceAndHarmsNothing() throws Exception {
    Set<String> thrown = ConcurrentHashMap.newKeySet();
    CloseableHttpAsyncClient client = client(recorded());
    ClientTrace faulty =
        EveryHook.of(
            hook -> {
              thrown.add(hook);
              throw new AssertionError(hook);
            });
    try (CapturedLog log = CapturedLog.of(ApacheTracing.class)) {
      for (int i = 0; i < 2; i++) {
        HttpClientContext context = ClassicClient.context(faulty);
        assertThat(status(client, site.url("/ok"), context)).isEqualTo(200);
        timeline();
      }
      assertThat(log.messages())
          .hasSize(thrown.size())
          .allMatch(message -> message.endsWith("logged once only"));
    }
    assertThat(thrown).contains("connectDone", "putIdleConn", "roundTripDone");
  }

  @Test
  void aHookThatBlocksHoldsUpItsIoThreadOnly() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().wroteHeaders(hook).build();
    CloseableHttpAsyncClient client = client(recorded());

    Future<SimpleHttpResponse> blocked =
        send(client, site.url("/ok"), ClassicClient.context(blocking));
    hook.awaitCall();
    // The connections take turns with the two threads.
    assertThat(status(client, site.url("/ok"), HttpClientContext.create())).isEqualTo(200);
    assertThat(blocked.isDone()).isFalse();

    hook.release();
    assertThat(blocked.get().getCode()).isEqualTo(200);
  }

  @Test
  void nothingIsLeft() throws Exception {
    ApacheConnections known = sendMany();

    assertThat(timelines).isEmpty();
    NothingIsLeftTest.awaitEmpty(known);
  }

  /** In a method of its own, whose variables do not keep connections from being collected. */
  private ApacheConnections sendMany() throws Exception {
    ApacheAsyncManagerBuilder pool = new ApacheAsyncManagerBuilder();
    PoolingAsyncClientConnectionManager manager = pool.build();
    ApacheAsyncTracing tracing =
        new ApacheAsyncTracing(
            ClientTraces.<HttpRequest>create(ApacheTracing.class).onTimeline(timelines::add),
            manager,
            ApacheSupports.Pool.BUILT);
    HttpAsyncClientBuilder builder = HttpAsyncClients.custom();
    tracing.install(builder, manager);
    CloseableHttpAsyncClient client = started(builder);

    String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/ok"};
    for (int i = 0; i < 300; i++) {
      Future<SimpleHttpResponse> sent =
          send(client, site.url(paths[i % paths.length]), HttpClientContext.create());
      if (i % 7 == 0) {
        sent.cancel(true);
      }
      timeline();
    }
    awaitNoneLeased(manager);
    client.close(CloseMode.IMMEDIATE);
    open.clear();
    return tracing.connections();
  }

  /** The client may give back the connection of a request that was cancelled a bit later. */
  private static void awaitNoneLeased(PoolingAsyncClientConnectionManager manager) {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (manager.getTotalStats().getLeased() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(manager.getTotalStats().getLeased()).isZero();
  }
}
