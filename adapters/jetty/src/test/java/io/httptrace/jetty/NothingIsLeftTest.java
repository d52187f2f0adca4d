package io.httptrace.jetty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.adapter.KnownConnections;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of requests that succeed, fail or are cancelled leave nothing behind. The system
 * property {@code jetty.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("jetty.leak.calls", 600);
  private static final String[] PATHS = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/ok"};

  /** Finds threads, and connections that the server still has when the client is stopped. */
  @RegisterExtension final LeakGuard leaks = new LeakGuard();

  private final Semaphore timelines = new Semaphore(0);
  private @Nullable PathServer unwatched;
  private final AtomicInteger open = new AtomicInteger();

  @AfterEach
  void closesTheServer() {
    PathServer server = unwatched;
    if (server != null) {
      server.close();
    }
  }

  private void count(Timeline timeline) {
    if (!timeline.ended()) {
      open.incrementAndGet();
    }
    timelines.release();
  }

  /** Its limit for idling is short for what is lost; see {@link #send}. */
  private HttpClient client() {
    HttpClient client = JettyTracing.create().onTimeline(this::count).install(new HttpClient());
    client.setIdleTimeout(5000);
    return client;
  }

  @Test
  void noEntryNoThreadNoConnection() throws Exception {
    HttpClient client = client();
    client.start();
    PathServer site = new PathServer();
    leaks.watch(site.server());
    for (int i = 0; i < CALLS; i++) {
      Request request = client.newRequest(site.url(PATHS[i % PATHS.length]));
      if (i % 7 == 0) {
        request.abort(new CancellationException("before it is sent"));
      }
      if (i % 5 == 0) {
        request.onResponseHeaders(
            response -> response.abort(new CancellationException("inside the response")));
      }
      send(request);
    }

    assertThat(timelines.availablePermits()).isEqualTo(CALLS);
    assertNothingIsLeft(client);
  }

  /**
   * They wait for two connections, and come to their end on whichever thread is the first. When
   * Jetty is stopped it leaves a connection of such a call open now and then, without the adapter
   * too, so those of the server are not watched here.
   */
  @Test
  void nothingOfCallsOfSeveralThreadsThatAreCancelledAtAnyMoment() throws Exception {
    HttpClient client = client();
    client.setMaxConnectionsPerDestination(2);
    client.start();
    PathServer site = new PathServer();
    unwatched = site;
    ExecutorService cancelling = Executors.newFixedThreadPool(2);
    ExecutorService sending = Executors.newFixedThreadPool(4);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      int number = i;
      calls.add(
          sending.submit(
              () -> {
                Request request = client.newRequest(site.url(PATHS[number % PATHS.length]));
                cancelSometime(request, number / PATHS.length % 12, cancelling);
                send(request);
                return null;
              }));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    sending.shutdown();
    assertThat(sending.awaitTermination(Waiting.LIMIT.toMillis(), MILLISECONDS)).isTrue();
    cancelling.shutdown();
    assertThat(cancelling.awaitTermination(Waiting.LIMIT.toMillis(), MILLISECONDS)).isTrue();

    // One that is cancelled before the adapter knows it may be told after the caller.
    assertThat(timelines.tryAcquire(CALLS, Waiting.LIMIT.toMillis(), MILLISECONDS)).isTrue();
    assertThat(timelines.availablePermits()).isZero();
    assertNothingIsLeft(client);
  }

  private static void cancelSometime(Request request, int when, Executor other) {
    CancellationException why = new CancellationException("at any moment");
    switch (when) {
      case 0 -> request.abort(why);
      case 1 -> request.onRequestQueued(r -> r.abort(why));
      case 2 -> request.onRequestBegin(r -> r.abort(why));
      case 3 -> request.onRequestCommit(r -> r.abort(why));
      case 4 -> request.onRequestSuccess(r -> r.abort(why));
      case 5 -> request.onResponseBegin(r -> r.abort(why));
      case 6 -> request.onResponseHeaders(r -> r.abort(why));
      case 7 -> request.onResponseSuccess(r -> r.abort(why));
      // Not while it is sent: if it has no listeners yet, Jetty tells nobody, ever.
      case 8 -> request.onRequestQueued(r -> other.execute(() -> r.abort(why)));
      case 9 -> request.onRequestCommit(r -> other.execute(() -> r.abort(why)));
      case 10 -> request.onResponseHeaders(r -> other.execute(() -> r.abort(why)));
      default -> {}
    }
  }

  private static void send(Request request) throws InterruptedException {
    try {
      request.send();
    } catch (CancellationException | ExecutionException expected) {
      // Most of them fail.
    } catch (TimeoutException lost) {
      // Jetty loses a response now and then, without the adapter too, and the request waits until
      // its limit for idling: this must be told, too.
    }
  }

  private void assertNothingIsLeft(HttpClient client) throws Exception {
    JettyInstallation installation = client.getBean(JettyInstallation.class);
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
