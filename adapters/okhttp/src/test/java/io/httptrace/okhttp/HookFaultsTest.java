package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.TraceContext;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hooks that throw, and hooks that block. */
final class HookFaultsTest {
  private final PathServer site = new PathServer();
  private final List<Timeline> timelines = new CopyOnWriteArrayList<>();
  private final OkHttpClient client =
      OkHttpTracing.create().onTimeline(timelines::add).install(new OkHttpClient.Builder()).build();

  @AfterEach
  void close() {
    client.connectionPool().evictAll();
    site.close();
  }

  private int send(ClientTrace trace) throws IOException {
    return send(client, trace);
  }

  private int send(OkHttpClient client, ClientTrace trace) throws IOException {
    Request request =
        new Request.Builder().url(site.url("/redirect")).tag(ClientTrace.class, trace).build();
    try (var response = client.newCall(request).execute()) {
      return response.code();
    }
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

    OkHttpClient plain = OkHttpTracing.create().install(new OkHttpClient.Builder()).build();
    try (CapturedLog log = CapturedLog.of(OkHttpTracing.class)) {
      assertThat(send(plain, faulty)).isEqualTo(200);
      assertThat(send(plain, faulty)).isEqualTo(200);
      assertThat(log.messages())
          .hasSize(thrown.size())
          .allMatch(m -> m.endsWith("logged once only"));
      assertThat(send(client, faulty)).isEqualTo(200);
    } finally {
      plain.connectionPool().evictAll();
    }

    assertThat(thrown).contains(Hook.ROUND_TRIP_START.methodName(), Hook.CONNECT_DONE.methodName());
    assertThat(timelines).hasSize(1).allMatch(Timeline::ended);
  }

  @Test
  void aHookThatThrowsIsLoggedOnceWhereTimelinesAreWantedToo() throws IOException {
    ClientTrace faulty =
        ClientTrace.builder()
            .gotConn(
                info -> {
                  throw new IllegalStateException("no");
                })
            .build();

    try (CapturedLog log = CapturedLog.of(OkHttpTracing.class)) {
      assertThat(send(faulty)).isEqualTo(200);
      assertThat(send(faulty)).isEqualTo(200);
      assertThat(log.messages()).hasSize(1);
    }
    assertThat(timelines).hasSize(2).allMatch(Timeline::ended);
  }

  @Test
  void oneOfSeveralTracesThatThrowsIsLoggedOnceForAllCalls() throws IOException {
    ClientTrace faulty =
        ClientTrace.builder()
            .gotConn(
                info -> {
                  throw new IllegalStateException("no");
                })
            .build();

    try (CapturedLog log = CapturedLog.of(OkHttpTracing.class)) {
      for (int call = 0; call < 2; call++) {
        TraceContext.empty()
            .withClientTrace(faulty)
            .run(() -> assertThat(send(new TraceRecorder())).isEqualTo(200));
      }
      assertThat(log.messages())
          .containsExactly(
              "hook gotConn of " + faulty.getClass().getName() + " threw; logged once only");
    }
    assertThat(timelines).hasSize(2).allMatch(Timeline::ended);
  }

  @Test
  void aConsumerOfTimelinesThatThrowsIsLoggedOnce() throws IOException {
    OkHttpClient faulty =
        OkHttpTracing.create()
            .onTimeline(
                timeline -> {
                  throw new IllegalStateException("no");
                })
            .install(new OkHttpClient.Builder())
            .build();
    Request request = new Request.Builder().url(site.url("/ok")).build();

    try (CapturedLog log = CapturedLog.of(OkHttpTracing.class)) {
      faulty.newCall(request).execute().close();
      faulty.newCall(request).execute().close();
      assertThat(log.messages()).hasSize(1);
    } finally {
      faulty.connectionPool().evictAll();
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
                send(blocking);
              } catch (IOException failed) {
                throw new IllegalStateException(failed);
              }
            });
    blocked.start();
    hook.awaitCall();

    assertThat(send(ClientTrace.builder().build())).isEqualTo(200);

    assertThat(timelines).hasSize(1);
    hook.release();
    blocked.join();
    assertThat(timelines).hasSize(2);
  }
}
