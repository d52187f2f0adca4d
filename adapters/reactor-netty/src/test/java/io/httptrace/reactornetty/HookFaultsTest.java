package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Hooks that throw, and hooks that block. */
final class HookFaultsTest {
  private final PathServer site = new PathServer();
  private final ConnectionProvider provider = ConnectionProvider.create("faults", 10);
  private final LoopResources oneLoop = LoopResources.create("faults", 1, true);
  private final List<Timeline> timelines = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    provider.disposeLater().block();
    oneLoop.disposeLater(Duration.ZERO, Waiting.LIMIT).block();
    site.close();
  }

  private HttpClient client(ReactorNettyTracing tracing) {
    return tracing.install(HttpClient.create(provider)).runOn(oneLoop).followRedirect(true);
  }

  private Mono<Integer> send(HttpClient client, ClientTrace trace) {
    return client
        .get()
        .uri(site.url("/redirect"))
        .responseSingle((head, body) -> body.thenReturn(head.status().code()))
        .contextWrite(context -> context.put(ClientTrace.class, trace));
  }

  @Test
  void aHookThatThrowsIsLoggedOnceAndHarmsNothing() {
    Set<String> thrown = ConcurrentHashMap.newKeySet();
    ClientTrace faulty =
        EveryHook.of(
            hook -> {
              thrown.add(hook);
              throw new AssertionError(hook);
            });
    HttpClient plain = client(ReactorNettyTracing.create());
    HttpClient recorded = client(ReactorNettyTracing.create().onTimeline(timelines::add));

    try (CapturedLog log = CapturedLog.of(ReactorNettyTracing.class)) {
      assertThat(send(plain, faulty).block()).isEqualTo(200);
      assertThat(send(plain, faulty).block()).isEqualTo(200);
      assertThat(send(recorded, faulty).block()).isEqualTo(200);
      assertThat(log.messages())
          .hasSize(thrown.size())
          .allMatch(m -> m.endsWith("logged once only"));
    }

    assertThat(thrown).contains(Hook.ROUND_TRIP_START.methodName(), Hook.CONNECT_DONE.methodName());
    assertThat(timelines).hasSize(1).allMatch(Timeline::ended);
  }

  @Test
  void aConsumerOfTimelinesThatThrowsIsLoggedOnce() {
    HttpClient faulty =
        client(
            ReactorNettyTracing.create()
                .onTimeline(
                    timeline -> {
                      throw new IllegalStateException("no");
                    }));

    try (CapturedLog log = CapturedLog.of(ReactorNettyTracing.class)) {
      assertThat(send(faulty, new ClientTrace() {}).block()).isEqualTo(200);
      assertThat(send(faulty, new ClientTrace() {}).block()).isEqualTo(200);
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void theEndOfABodyWaitsForItsHooksAlsoIfTheServerEndsTheConnection() throws Exception {
    Gate told = new Gate();
    Gate ended = new Gate();
    CompletableFuture<String> body = new CompletableFuture<>();
    CompletableFuture<Boolean> early = new CompletableFuture<>();
    ClientTrace blocking =
        ClientTrace.builder()
            .putIdleConn(
                reason -> {
                  told.open();
                  await(ended);
                  // What has come until now is seen before the second one.
                  awaitLoop();
                  awaitLoop();
                  early.complete(body.isDone());
                })
            .build();
    try (ScriptedServer server =
        ScriptedServer.builder("ends")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  connection.send(PathServer.hello());
                  await(told);
                  connection.close();
                  ended.open();
                })
            .start()) {
      var unused =
          client(ReactorNettyTracing.create())
              .get()
              .uri("http://127.0.0.1:" + server.port() + "/")
              .responseContent()
              .aggregate()
              .asString()
              .contextWrite(context -> context.put(ClientTrace.class, blocking))
              .subscribe(body::complete, body::completeExceptionally);

      assertThat(body.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("hello");
    }

    assertThat(early).isCompletedWithValue(false);
  }

  private static void await(Gate gate) {
    try {
      assertThat(gate.await(Waiting.LIMIT)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitLoop() {
    oneLoop.onClient(false).next().submit(() -> {}).syncUninterruptibly();
  }

  /** There is one event loop for all: if the hook held it up, nothing would go on. */
  @Test
  void aHookThatBlocksHoldsUpItsCallOnly() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().wroteHeaders(hook).build();
    HttpClient client = client(ReactorNettyTracing.create().onTimeline(timelines::add));
    CompletableFuture<Integer> blocked = send(client, blocking).toFuture();
    hook.awaitCall();

    assertThat(send(client, new ClientTrace() {}).block()).isEqualTo(200);

    assertThat(blocked).isNotDone();
    assertThat(timelines).hasSize(1);
    hook.release();
    assertThat(blocked.get()).isEqualTo(200);
  }
}
