package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.client.StressOrigins.Origin;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything at once, at random, over TLS, HTTP/2, tunnels and WebSockets: callers that wait and
 * that do not, virtual ones too, time limits, interrupts, cancellations, bodies left half read,
 * hooks and handlers that block or throw, the end of a client. No answer is wrong, nobody is stuck,
 * nothing leaks. The profile {@code stress} does this for longer.
 */
class StressTest {
  private static final long SECONDS = Long.getLong("httptrace.stress.seconds", 4);
  private static final int CALLERS_EACH = 2;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean stop;

  /** What a caller does again and again. */
  private interface Act {
    void run() throws Exception;
  }

  @Test
  void nothingIsLostAndNobodyIsStuck() throws Exception {
    StressOrigins origins = new StressOrigins(guard);
    List<TracingHttpClient> clients = new ArrayList<>();
    try (CapturedLog logged = CapturedLog.of(ClientTrace.class)) {
      for (Origin origin : origins.all()) {
        TracingHttpClient client = origin.client().get();
        clients.add(client);
        for (int i = 0; i < CALLERS_EACH; i++) {
          StressCalls calls = new StressCalls(client, origin, random(), this::ended);
          calling(calls::any, i > 0);
        }
        Random random = random();
        calling(
            () -> new StressCalls(origin.client().get(), origin, random, this::ended).life(),
            false);
      }
      webSockets(clients.get(0), origins.webSockets());
      callForAWhile();
      clients.forEach(TracingHttpClient::close);
      assertThat(failures).isEmpty();
      assertThat(clients).allMatch(client -> client.pool().openCount() == 0);
      assertThat(logged.lines())
          .allMatch(line -> line.endsWith("java.lang.IllegalStateException: on purpose"));
    }
  }

  private void webSockets(TracingHttpClient client, URI uri) {
    StressWebSockets sockets = new StressWebSockets(client, uri, random(), this::ended);
    calling(sockets::one, false);
  }

  private Random random() {
    return new Random(callers.size());
  }

  private void ended(String how) {
    outcomes.computeIfAbsent(how, k -> new LongAdder()).increment();
  }

  private void calling(Act act, boolean virtual) {
    Runnable caller =
        () -> {
          while (!stop) {
            try {
              act.run();
            } catch (Throwable t) {
              failures.add(t);
            }
          }
        };
    callers.add(virtual ? VirtualCallers.thread(caller) : new Thread(caller));
  }

  private void callForAWhile() throws InterruptedException {
    callers.forEach(Thread::start);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    stop = true;
    List<String> stuck = new ArrayList<>();
    long limit = System.nanoTime() + Waiting.LIMIT.toNanos();
    for (Thread caller : callers) {
      caller.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime())));
      if (caller.isAlive()) {
        stuck.add(caller + " at " + List.of(caller.getStackTrace()));
      }
    }
    System.out.printf(
        "stress: %d s, %,d ends, %d faults, %d stuck, %s%n",
        SECONDS,
        outcomes.values().stream().mapToLong(LongAdder::sum).sum(),
        failures.size(),
        stuck.size(),
        new TreeMap<>(outcomes));
    assertThat(stuck).isEmpty();
  }
}
