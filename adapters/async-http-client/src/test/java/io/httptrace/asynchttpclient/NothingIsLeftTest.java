package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.adapter.KnownConnections;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import io.netty.channel.Channel;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Response;
import org.asynchttpclient.filter.RequestFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of calls that succeed, fail or are cancelled leave nothing behind. The system property
 * {@code ahc.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("ahc.leak.calls", 600);

  /** Finds threads, and connections that the server still has when the client is closed. */
  @RegisterExtension
  final LeakGuard leaks = new LeakGuard().sharing(new AhcUnderTest().sharedThreads());

  private final CountDownLatch timelines = new CountDownLatch(CALLS);
  private final AtomicInteger open = new AtomicInteger();

  private void count(Timeline timeline) {
    if (!timeline.ended()) {
      open.incrementAndGet();
    }
    timelines.countDown();
  }

  @Test
  void noEntryNoThreadNoConnection() throws Exception {
    AsyncHttpClientConfig config =
        AsyncHttpClientTracing.create()
            .onTimeline(this::count)
            .install(AhcTestConfig.quick().setFollowRedirect(true).setMaxRequestRetry(1))
            .build();
    PathServer site = new PathServer();
    leaks.watch(site.server());
    try (DefaultAsyncHttpClient client = new DefaultAsyncHttpClient(config)) {
      String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/ok"};
      for (int i = 0; i < CALLS; i++) {
        ListenableFuture<Response> sent =
            client.executeRequest(Calls.get(site.url(paths[i % paths.length])));
        if (i % 7 == 0) {
          sent.cancel(true);
        }
        try {
          sent.get();
        } catch (ExecutionException | CancellationException expected) {
          // Most of them fail.
        }
      }
      client.flushChannelPoolPartitions(partition -> true);

      assertThat(timelines.await(Waiting.LIMIT.toNanos(), TimeUnit.NANOSECONDS)).isTrue();
      assertThat(open).hasValue(0);
    }
    KnownConnections<Channel> known = known(config);
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

  private static KnownConnections<Channel> known(AsyncHttpClientConfig config) {
    for (RequestFilter filter : config.getRequestFilters()) {
      if (filter instanceof AhcRequestFilter tracing) {
        return tracing.settings().connections();
      }
    }
    throw new AssertionError("it is not installed");
  }
}
