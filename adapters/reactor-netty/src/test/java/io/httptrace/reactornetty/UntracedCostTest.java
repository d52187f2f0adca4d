package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.netty.channel.Channel;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** What the adapter allocates for a call without a trace: one step of Reactor's chain. */
final class UntracedCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** An object with a source, the traces and a flag. */
  private static final long ONE_STEP = 24;

  private final PathServer site = new PathServer();
  private final ConnectionProvider provider = ConnectionProvider.create("untraced", 1);
  private final LoopResources loops = LoopResources.create("untraced", 1, true);

  @AfterEach
  void close() {
    provider.disposeLater().block();
    loops.disposeLater(Duration.ZERO, Waiting.LIMIT).block();
    site.close();
  }

  /** The least that is allocated for a call: by who sends it, and by the event loop. */
  private record Least(long caller, long loop) {
    Least and(Least other) {
      return new Least(Math.min(caller, other.caller), Math.min(loop, other.loop));
    }

    boolean isNoMoreThan(Least other) {
      return caller <= other.caller + ONE_STEP && loop <= other.loop;
    }
  }

  private Least least(HttpClient client) throws InterruptedException {
    long caller = Long.MAX_VALUE;
    long loop = Long.MAX_VALUE;
    Channel[] used = new Channel[1];
    long[] loopThread = new long[1];
    for (int i = 0; i < 30; i++) {
      long loopBefore = i == 0 ? 0 : THREADS.getThreadAllocatedBytes(loopThread[0]);
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      Mono<Void> call =
          client
              .get()
              .uri(site.url("/ok"))
              .responseConnection(
                  (response, connection) -> {
                    used[0] = connection.channel();
                    loopThread[0] = Thread.currentThread().getId();
                    return connection.inbound().receive().then();
                  })
              .then();
      var future = call.toFuture();
      long sent = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      future.join();
      used[0].eventLoop().submit(() -> {}).sync();
      if (i > 0) {
        caller = Math.min(caller, sent);
        loop = Math.min(loop, THREADS.getThreadAllocatedBytes(loopThread[0]) - loopBefore);
      }
    }
    return new Least(caller, loop);
  }

  /**
   * The least of many calls is compared, in turns: what Reactor Netty allocates varies, and gets
   * less when the JVM compiles it.
   */
  @Test
  void aCallWithoutATraceAllocatesOneStepMoreThanOneWithCallbacksThatDoNothing()
      throws InterruptedException {
    HttpClient plain = HttpClient.create(provider).runOn(loops);
    HttpClient callbacks =
        plain
            .mapConnect(source -> source)
            .doOnConnect(config -> {})
            .doOnChannelInit((observer, channel, remote) -> {})
            .observe((connection, state) -> {});

    HttpClient traced = ReactorNettyTracing.create().install(plain);

    Least without = least(callbacks);
    Least with = least(traced);
    for (int round = 1; round < 20 && !with.isNoMoreThan(without); round++) {
      without = without.and(least(callbacks));
      with = with.and(least(traced));
    }

    assertThat(with.caller()).isLessThanOrEqualTo(without.caller() + ONE_STEP);
    assertThat(with.loop()).isLessThanOrEqualTo(without.loop());
  }
}
