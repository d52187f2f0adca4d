package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hooks that throw, and hooks that block. */
final class HookFaultsTest {
  private final PathServer site = new PathServer();
  private final List<Timeline> timelines = new CopyOnWriteArrayList<>();
  private final ClassicClient client =
      new ClassicClient(ApacheTracing.create().onTimeline(timelines::add));

  @AfterEach
  void close() throws IOException {
    client.close();
    site.close();
  }

  @Test
  void aHookThatThrowsIsLoggedOnceAndHarmsNothing() throws IOException {
    Set<String> thrown = ConcurrentHashMap.newKeySet();
    ClientTrace faulty =
        EveryHook.of(
            hook -> {
              thrown.add(hook);
              throw new AssertionError(hook);
            });

    try (ClassicClient plain = new ClassicClient(ApacheTracing.create());
        CapturedLog log = CapturedLog.of(ApacheTracing.class)) {
      assertThat(plain.get(site.url("/redirect"), faulty)).isEqualTo(200);
      assertThat(plain.get(site.url("/redirect"), faulty)).isEqualTo(200);
      assertThat(log.messages())
          .hasSize(thrown.size())
          .allMatch(m -> m.endsWith("logged once only"));
      assertThat(client.get(site.url("/redirect"), faulty)).isEqualTo(200);
    }

    assertThat(thrown).contains(Hook.ROUND_TRIP_START.methodName(), Hook.CONNECT_DONE.methodName());
    assertThat(timelines).hasSize(1).allMatch(Timeline::ended);
  }

  @Test
  void aConsumerOfTimelinesThatThrowsIsLoggedOnce() throws IOException {
    ApacheTracing tracing =
        ApacheTracing.create()
            .onTimeline(
                timeline -> {
                  throw new IllegalStateException("no");
                });
    try (ClassicClient faulty = new ClassicClient(tracing);
        CapturedLog log = CapturedLog.of(ApacheTracing.class)) {
      assertThat(faulty.get(site.url("/ok"), null)).isEqualTo(200);
      assertThat(faulty.get(site.url("/ok"), null)).isEqualTo(200);
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void aHookThatBlocksHoldsUpItsCallOnly() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().wroteHeaders(hook).build();
    Thread blocked =
        new Thread(
            () -> {
              try {
                client.get(site.url("/ok"), blocking);
              } catch (IOException failed) {
                throw new IllegalStateException(failed);
              }
            });
    blocked.start();
    hook.awaitCall();

    assertThat(client.get(site.url("/ok"), ClientTrace.builder().build())).isEqualTo(200);

    assertThat(timelines).hasSize(1);
    hook.release();
    blocked.join();
    assertThat(timelines).hasSize(2);
  }

  @Test
  void aHookMayUseTheClient() throws IOException {
    ClientTrace nested =
        ClientTrace.builder()
            .connectStart((network, address) -> nest())
            .wroteHeaders(this::nest)
            .build();

    assertThat(client.get(site.url("/ok"), nested)).isEqualTo(200);

    assertThat(timelines).hasSize(3).allMatch(Timeline::ended);
    assertThat(timelines).allMatch(timeline -> timeline.roundTrips().size() == 1);
  }

  private void nest() {
    try {
      client.get(site.url("/ok"), null);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
