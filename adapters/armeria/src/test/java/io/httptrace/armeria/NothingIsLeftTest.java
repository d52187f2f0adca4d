package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.common.HttpResponse;
import io.httptrace.adapter.KnownConnections;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of requests that succeed, fail or are cancelled leave nothing behind. The system
 * property {@code armeria.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("armeria.leak.calls", 600);

  /** Finds threads, and connections that the server still has when the client is closed. */
  @RegisterExtension
  final LeakGuard leaks = new LeakGuard().sharing(new ArmeriaUnderTest().sharedThreads());

  private final Semaphore timelines = new Semaphore(0);
  private final AtomicInteger unfinished = new AtomicInteger();

  private void count(Timeline timeline) {
    if (!timeline.ended()) {
      unfinished.incrementAndGet();
    }
    timelines.release();
  }

  @Test
  void noEntryNoThreadNoConnection() throws Exception {
    PathServer site = new PathServer();
    leaks.watch(site.server());
    ArmeriaTracing tracing = ArmeriaTracing.create().onTimeline(this::count);
    KnownConnections<Channel> known;
    try (TestClient client =
        TestClient.of(
            tracing,
            tracing.install(ClientFactory.builder()).preferHttp1(true),
            WebClientBuilder::followRedirects)) {
      known = ArmeriaFactoryHooks.of(client.factory().options()).connections();
      String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/ok"};
      for (int i = 0; i < CALLS; i++) {
        HttpResponse response = client.send(site.url(paths[i % paths.length]), null);
        if (i % 7 == 0) {
          response.abort();
        }
        // Read on the event loop of the connection, or on another one.
        EventLoop reader = i % 2 == 0 ? null : CommonPools.workerGroup().next();
        try {
          (reader == null ? response.aggregate() : response.aggregate(reader)).join();
        } catch (CompletionException | IllegalStateException expected) {
          // Most of them fail.
        }
      }
      assertThat(timelines.tryAcquire(CALLS, 2, TimeUnit.MINUTES)).isTrue();
      assertThat(timelines.availablePermits()).isZero();
      assertThat(unfinished).hasValue(0);
    }
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
}
