package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.common.util.EventLoopGroups;
import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.TraceContext;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hooks that throw, and hooks that block. */
final class HookFaultsTest {
  private final PathServer site = new PathServer();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
  private final ArmeriaTracing tracing = ArmeriaTracing.create().onTimeline(timelines::add);
  private final TestClient client = TestClient.of(tracing, WebClientBuilder::followRedirects);

  @AfterEach
  void close() {
    client.close();
    site.close();
  }

  private int send(TestClient by, ClientTrace trace) {
    return by.get(site.url("/redirect"), trace).status().code();
  }

  private Timeline timeline() throws InterruptedException {
    Timeline timeline = timelines.poll(1, TimeUnit.MINUTES);
    assertThat(timeline).isNotNull();
    return timeline;
  }

  private static ClientTrace throwing() {
    return ClientTrace.builder()
        .gotConn(
            info -> {
              throw new IllegalStateException("no");
            })
        .build();
  }

  @Test
  void aHookThatThrowsIsLoggedOnceAndHarmsNothing() throws InterruptedException {
    Set<String> thrown = ConcurrentHashMap.newKeySet();
    ClientTrace faulty =
        EveryHook.of(
            hook -> {
              thrown.add(hook);
              throw new AssertionError(hook);
            });

    try (CapturedLog log = CapturedLog.of(ArmeriaTracing.class)) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(client, faulty)).isEqualTo(200);
        assertThat(timeline().ended()).isTrue();
      }
      assertThat(log.messages())
          .hasSize(thrown.size())
          .allMatch(m -> m.endsWith("logged once only"));
    }
    assertThat(thrown).contains(Hook.ROUND_TRIP_START.methodName(), Hook.CONNECT_DONE.methodName());
  }

  @Test
  void oneOfSeveralTracesThatThrowsIsLoggedOnceForAllRequests() throws InterruptedException {
    ClientTrace faulty = throwing();

    try (CapturedLog log = CapturedLog.of(ArmeriaTracing.class)) {
      for (int i = 0; i < 2; i++) {
        TraceContext.empty()
            .withClientTrace(faulty)
            .run(() -> assertThat(send(client, new TraceRecorder())).isEqualTo(200));
        assertThat(timeline().ended()).isTrue();
      }
      assertThat(log.messages())
          .containsExactly(
              "hook gotConn of " + faulty.getClass().getName() + " threw; logged once only");
    }
  }

  @Test
  void aConsumerOfTimelinesThatThrowsIsLoggedOnce() {
    Gate twice = new Gate();
    int[] calls = {0};
    ArmeriaTracing faulty =
        ArmeriaTracing.create()
            .onTimeline(
                timeline -> {
                  if (++calls[0] == 2) {
                    twice.open();
                  }
                  throw new IllegalStateException("no");
                });

    try (CapturedLog log = CapturedLog.of(ArmeriaTracing.class);
        TestClient throwing = TestClient.of(faulty)) {
      throwing.get(site.url("/ok"), null);
      throwing.get(site.url("/ok"), null);
      assertThat(twice.await(Waiting.LIMIT)).isTrue();
      assertThat(log.messages()).hasSize(1);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** The two clients have event loops of their own. */
  @Test
  void aHookThatBlocksHoldsUpItsEventLoopOnly() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().wroteHeaders(hook).build();
    EventLoopGroup loops = EventLoopGroups.newEventLoopGroup(1);
    try (PathServer other = new PathServer();
        ClientFactory factory =
            tracing
                .install(ClientFactory.builder())
                .workerGroup(loops, true)
                .preferHttp1(true)
                .connectTimeout(Duration.ofSeconds(60))
                .build()) {
      var held =
          tracing
              .install(
                  WebClient.builder()
                      .factory(factory)
                      .responseTimeoutMillis(0)
                      .writeTimeoutMillis(0))
              .build()
              .prepare()
              .get(other.url("/ok"))
              .attr(ArmeriaTracing.CLIENT_TRACE, blocking)
              .execute()
              .aggregate();
      hook.awaitCall();

      assertThat(send(client, ClientTrace.builder().build())).isEqualTo(200);
      assertThat(timeline().ended()).isTrue();
      assertThat(held).isNotDone();

      hook.release();
      assertThat(held.join().status().code()).isEqualTo(200);
      assertThat(timeline().ended()).isTrue();
    }
  }
}
