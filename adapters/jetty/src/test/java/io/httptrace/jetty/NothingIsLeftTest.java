package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.adapter.KnownConnections;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of requests that succeed, fail or are cancelled leave nothing behind. The system
 * property {@code jetty.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("jetty.leak.calls", 600);

  /** Finds threads, and connections that the server still has when the client is stopped. */
  @RegisterExtension final LeakGuard leaks = new LeakGuard();

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
    HttpClient client = JettyTracing.create().onTimeline(this::count).install(new HttpClient());
    JettyInstallation installation = client.getBean(JettyInstallation.class);
    client.start();
    Site site = new Site();
    leaks.watch(site.server());
    String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/ok"};
    for (int i = 0; i < CALLS; i++) {
      Request request = client.newRequest(site.url(paths[i % paths.length]));
      if (i % 7 == 0) {
        request.abort(new CancellationException("before it is sent"));
      }
      if (i % 5 == 0) {
        request.onResponseHeaders(
            response -> response.abort(new CancellationException("inside the response")));
      }
      try {
        request.send();
      } catch (CancellationException | ExecutionException expected) {
        // Most of them fail.
      }
    }

    assertThat(timelines).hasValue(CALLS);
    assertThat(open).hasValue(0);
    assertThat(installation.waiting()).isZero();
    client.stop();
    KnownConnections<Connection> known = installation.connections();
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
