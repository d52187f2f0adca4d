package io.httptrace.asynchttpclient;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.RoundTripOutcome;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hooks that throw, and hooks that block. */
final class HookFaultsTest {
  private final PathServer site = new PathServer();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
  private final AsyncHttpClient client =
      asyncHttpClient(
          AsyncHttpClientTracing.create()
              .onTimeline(timelines::add)
              .install(AhcTestConfig.quick().setFollowRedirect(true)));

  @AfterEach
  void close() throws IOException {
    client.close();
    site.close();
  }

  private Timeline next() throws InterruptedException {
    return requireNonNull(timelines.poll(Waiting.LIMIT.toNanos(), TimeUnit.NANOSECONDS));
  }

  private int send(ClientTrace trace) throws Exception {
    return Calls.send(client, site.url("/redirect"), trace).getStatusCode();
  }

  @Test
  void aHookThatThrowsIsLoggedOnceAndHarmsNothing() throws Exception {
    Set<String> thrown = ConcurrentHashMap.newKeySet();
    ClientTrace faulty =
        EveryHook.of(
            hook -> {
              thrown.add(hook);
              throw new AssertionError(hook);
            });

    try (CapturedLog log = CapturedLog.of(AsyncHttpClientTracing.class)) {
      assertThat(send(faulty)).isEqualTo(200);
      assertThat(send(faulty)).isEqualTo(200);
      assertThat(log.messages())
          .hasSize(thrown.size())
          .allMatch(m -> m.endsWith("logged once only"));
    }

    assertThat(thrown)
        .contains(
            Hook.ROUND_TRIP_START.methodName(),
            Hook.CONNECT_DONE.methodName(),
            Hook.WROTE_HEADERS.methodName(),
            Hook.GOT_RESPONSE.methodName());
    assertThat(timelines).hasSize(2).allMatch(Timeline::ended);
  }

  @Test
  void aConsumerOfTimelinesThatThrowsIsLoggedOnce() throws Exception {
    try (CapturedLog log = CapturedLog.of(AsyncHttpClientTracing.class);
        AsyncHttpClient faulty =
            asyncHttpClient(
                AsyncHttpClientTracing.create()
                    .onTimeline(
                        timeline -> {
                          throw new IllegalStateException("no");
                        })
                    .install(AhcTestConfig.quick()))) {
      assertThat(Calls.send(faulty, site.url("/ok")).getStatusCode()).isEqualTo(200);
      assertThat(Calls.send(faulty, site.url("/ok")).getStatusCode()).isEqualTo(200);
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void aHookThatBlocksHoldsUpItsIoThreadOnly() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().wroteHeaders(hook).build();
    ListenableFuture<Response> blocked =
        client.executeRequest(
            Calls.get(site.url("/ok")), AsyncHttpClientTracing.traced(new Calls.Whole(), blocking));
    hook.awaitCall();

    // The next connection is served by the other I/O thread.
    assertThat(Calls.send(client, site.url("/ok")).getStatusCode()).isEqualTo(200);

    assertThat(timelines).hasSize(1);
    hook.release();
    assertThat(blocked.get().getStatusCode()).isEqualTo(200);
    assertThat(timelines).hasSize(2);
  }

  @Test
  void aHookThatBlocksHoldsUpTheOtherCallsOfItsIoThread() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().wroteHeaders(hook).build();
    List<String> order = new CopyOnWriteArrayList<>();
    ClientTrace noting =
        ClientTrace.builder()
            .connectDone((network, address, error) -> order.add("other call"))
            .build();
    EventLoopGroup one = AhcTestConfig.ioThreads(1);
    try (AsyncHttpClient single =
        asyncHttpClient(
            AsyncHttpClientTracing.create()
                .install(AhcTestConfig.quick().setEventLoopGroup(one)))) {
      ListenableFuture<Response> blocked =
          single.executeRequest(
              Calls.get(site.url("/ok")),
              AsyncHttpClientTracing.traced(new Calls.Whole(), blocking));
      hook.awaitCall();
      ListenableFuture<Response> held =
          single.executeRequest(
              Calls.get(site.url("/ok")), AsyncHttpClientTracing.traced(new Calls.Whole(), noting));

      order.add("hook");
      hook.release();

      assertThat(blocked.get().getStatusCode()).isEqualTo(200);
      assertThat(held.get().getStatusCode()).isEqualTo(200);
      assertThat(order).containsExactly("hook", "other call");
    } finally {
      one.shutdownGracefully();
    }
  }

  @Test
  void aCallIsCancelledWhileAHookBlocks() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().wroteHeaders(hook).build();
    ListenableFuture<Response> blocked =
        client.executeRequest(
            Calls.get(site.url("/ok")), AsyncHttpClientTracing.traced(new Calls.Whole(), blocking));
    hook.awaitCall();

    blocked.cancel(true);

    assertThat(blocked.toCompletableFuture()).isCompletedExceptionally();
    assertThat(timelines).isEmpty();
    hook.release();
    assertThat(next().ended()).isTrue();
  }

  @Test
  void aHookThatCancelsItsCallEndsIt() throws Exception {
    CopyOnWriteArrayList<ListenableFuture<Response>> sent = new CopyOnWriteArrayList<>();
    Gate known = new Gate();
    ClientTrace cancelling =
        ClientTrace.builder()
            .wroteHeaders(
                () -> {
                  try {
                    known.await(Waiting.LIMIT);
                  } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                  }
                  sent.get(0).cancel(true);
                })
            .build();

    sent.add(
        client.executeRequest(
            Calls.get(site.url("/ok")),
            AsyncHttpClientTracing.traced(new Calls.Whole(), cancelling)));
    known.open();

    Timeline timeline = next();
    assertThat(timeline.ended()).isTrue();
    assertThat(timeline.roundTrips().get(0).outcome()).isEqualTo(RoundTripOutcome.CANCELLED);
  }
}
