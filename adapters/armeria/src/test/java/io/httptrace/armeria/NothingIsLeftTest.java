package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ConnectionPoolListener;
import com.linecorp.armeria.client.ConnectionPoolListenerAdapter;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import io.httptrace.adapter.KnownConnections;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import io.netty.channel.Channel;
import io.netty.util.AttributeMap;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that succeed, fail or are cancelled leave nothing behind. The system
 * property {@code armeria.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("armeria.leak.calls", 600);

  private final Semaphore timelines = new Semaphore(0);
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  private final ConnectionPoolListener pool =
      new ConnectionPoolListenerAdapter() {
        @Override
        public void connectionOpen(
            SessionProtocol protocol,
            InetSocketAddress remote,
            InetSocketAddress local,
            AttributeMap attrs) {
          open.incrementAndGet();
        }

        @Override
        public void connectionClosed(
            SessionProtocol protocol,
            InetSocketAddress remote,
            InetSocketAddress local,
            AttributeMap attrs) {
          open.decrementAndGet();
        }
      };

  private void count(Timeline timeline) {
    if (!timeline.ended()) {
      unfinished.incrementAndGet();
    }
    timelines.release();
  }

  @Test
  void noEntryNoThreadNoConnection() throws Exception {
    ArmeriaTracing tracing = ArmeriaTracing.create().onTimeline(this::count);
    KnownConnections<Channel> known;
    try (Site site = new Site();
        TestClient client =
            TestClient.of(
                tracing,
                tracing
                    .install(ClientFactory.builder())
                    .preferHttp1(true)
                    .connectionPoolListener(pool),
                WebClientBuilder::followRedirects)) {
      known = ArmeriaFactoryHooks.of(client.factory().options()).connections();
      String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/ok"};
      for (int i = 0; i < CALLS; i++) {
        HttpResponse response = client.send(site.url(paths[i % paths.length]), null);
        if (i % 7 == 0) {
          response.abort();
        }
        try {
          response.aggregate().join();
        } catch (CompletionException | IllegalStateException expected) {
          // Most of them fail.
        }
      }
      assertThat(timelines.tryAcquire(CALLS, 2, TimeUnit.MINUTES)).isTrue();
      assertThat(timelines.availablePermits()).isZero();
      assertThat(unfinished).hasValue(0);
    }
    assertThat(open).hasValue(0);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getClass().getName().startsWith("io.httptrace.armeria"));
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
