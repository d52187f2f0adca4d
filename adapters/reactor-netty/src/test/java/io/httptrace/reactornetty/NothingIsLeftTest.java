package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Thousands of calls that succeed, fail or are cancelled leave nothing behind. The system property
 * {@code reactor-netty.leak.calls} says how many; they are 600 without it.
 */
final class NothingIsLeftTest {
  private static final int CALLS = Integer.getInteger("reactor-netty.leak.calls", 600);

  private final Semaphore timelines = new Semaphore(0);
  private final AtomicInteger open = new AtomicInteger();

  private void count(Timeline timeline) {
    if (!timeline.ended()) {
      open.incrementAndGet();
    }
    timelines.release();
  }

  @Test
  void noEntryNoThreadNoConnection() throws Exception {
    QuietLog.on();
    ConnectionProvider provider = ConnectionProvider.create("left", 10);
    HttpClient client =
        ReactorNettyTracing.create()
            .onTimeline(this::count)
            .install(HttpClient.create(provider).followRedirect(true).disableRetry(true));
    int before = ReactorConnections.KNOWN.size();
    try (PathServer site = new PathServer()) {
      String[] paths = {"/ok", "/drop", "/redirect", "/cut", "/nonsense", "/empty"};
      for (int i = 0; i < CALLS; i++) {
        Mono<String> call =
            client
                .get()
                .uri(site.url(paths[i % paths.length]))
                .responseContent()
                .aggregate()
                .asString();
        if (i % 7 == 0) {
          call.subscribe(body -> {}, failed -> {}).dispose();
        } else {
          var unused = call.onErrorResume(failed -> Mono.empty()).block();
        }
      }

      assertThat(timelines.tryAcquire(CALLS, Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
          .isTrue();
      assertThat(open).hasValue(0);
      provider.disposeLater().block();
    }
    assertThat(timelines.availablePermits()).isZero();
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (ReactorConnections.KNOWN.size() > before && System.nanoTime() < end) {
      // Connections are forgotten when their event loops see that they are closed.
      Thread.onSpinWait();
    }
    assertThat(ReactorConnections.KNOWN.size()).isLessThanOrEqualTo(before);
    assertThat(ReactorCall.starting()).isNull();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains("httptrace"));
  }
}
