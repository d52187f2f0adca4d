package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.adapter.KnownConnections;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/**
 * Thousands of calls that succeed, fail or are cancelled leave nothing behind. The system property
 * {@code okhttp.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("okhttp.leak.calls", 600);

  private final AtomicInteger timelines = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  private void count(Timeline timeline) {
    timelines.incrementAndGet();
    if (!timeline.ended()) {
      open.incrementAndGet();
    }
  }

  @Test
  void noEntryNoThreadNoConnection() throws Exception {
    OkHttpClient client =
        OkHttpTracing.create().onTimeline(this::count).install(new OkHttpClient.Builder()).build();
    try (PathServer site = new PathServer()) {
      String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/ok"};
      for (int i = 0; i < CALLS; i++) {
        Call call =
            client.newCall(new Request.Builder().url(site.url(paths[i % paths.length])).build());
        if (i % 7 == 0) {
          call.cancel();
        }
        try (Response response = call.execute()) {
          if (i % 5 == 0) {
            call.cancel();
          }
          response.body().bytes();
        } catch (IOException expected) {
          // Most of them fail.
        }
      }
      client.connectionPool().evictAll();

      assertThat(timelines).hasValue(CALLS);
      assertThat(open).hasValue(0);
      assertThat(client.connectionPool().connectionCount()).isZero();
      assertThat(ConnectAttempt.count()).isZero();
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getClass().getName().startsWith("io.httptrace.okhttp"));
    }
    KnownConnections<Connection> known = known(client);
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (known.size() > 0 && System.nanoTime() < end) {
      // Connections that the pool has closed are forgotten when they are collected.
      PhantomReference<Object> collected = new PhantomReference<>(new Object(), queue);
      System.gc();
      queue.remove();
      collected.clear();
    }
    assertThat(known.size()).isZero();
  }

  private static KnownConnections<Connection> known(OkHttpClient client) {
    for (Interceptor interceptor : client.interceptors()) {
      if (interceptor instanceof TracingInterceptor tracing) {
        return tracing.connections();
      }
    }
    throw new AssertionError("it is not installed");
  }
}
