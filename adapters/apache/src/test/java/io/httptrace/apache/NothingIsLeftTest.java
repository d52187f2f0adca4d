package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.adapter.ClientTraces;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that succeed, fail or are cancelled leave nothing behind. The system
 * property {@code apache.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("apache.leak.calls", 600);

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
    ClassicManagerBuilder builder = new ClassicManagerBuilder();
    PoolingHttpClientConnectionManager pool = builder.build();
    ClassicTracing tracing =
        new ClassicTracing(
            ClientTraces.<HttpRequest>create(ApacheTracing.class).onTimeline(this::count),
            builder.operator());
    HttpClientBuilder client = HttpClients.custom();
    tracing.install(client, pool);
    client.disableAutomaticRetries();
    try (PathServer site = new PathServer();
        CloseableHttpClient sending = client.build()) {
      send(site, sending);

      assertThat(timelines).hasValue(CALLS);
      assertThat(open).hasValue(0);
      assertThat(tracing.leasing()).isZero();
      assertThat(pool.getTotalStats().getLeased()).isZero();
      pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
      assertThat(pool.getTotalStats().getAvailable()).isZero();
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getClass().getName().startsWith("io.httptrace.apache"));
    }
    awaitEmpty(tracing.connections());
  }

  private static void send(PathServer site, CloseableHttpClient client) {
    String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/ok"};
    for (int i = 0; i < CALLS; i++) {
      HttpUriRequestBase request = ClassicClient.get(site.url(paths[i % paths.length]));
      if (i % 7 == 0) {
        request.cancel();
      }
      boolean cancel = i % 5 == 0;
      try {
        client.execute(
            request,
            response -> {
              if (cancel) {
                request.cancel();
              }
              EntityUtils.consume(response.getEntity());
              return null;
            });
      } catch (IOException | IllegalStateException expected) {
        // Most of them fail: those that are cancelled early with an unchecked exception.
      }
    }
  }

  /** Connections that the pool has closed are forgotten when they are collected. */
  static void awaitEmpty(ApacheConnections known) throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (known.size() > 0 && System.nanoTime() < end) {
      PhantomReference<Object> collected = new PhantomReference<>(new Object(), queue);
      System.gc();
      queue.remove();
      collected.clear();
    }
    assertThat(known.size()).isZero();
  }
}
