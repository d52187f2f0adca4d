package io.httptrace.conformance.run;

import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.golden.Plan;
import io.httptrace.conformance.golden.Plan.PlannedRequest;
import io.httptrace.conformance.golden.Plan.Step;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Does the steps of a plan, each request on a thread of its own. */
final class PlanRunner {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
  private static final int LOOKS = 20;

  private final OpenClient client;
  private final BiFunction<OpenClient, PlannedRequest, PlannedExchange> exchanges;
  private final Map<String, Cue> starts;
  private final @Nullable Cue insteadOfSleep;
  private final Map<String, PlannedExchange> begun = new ConcurrentHashMap<>();
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  PlanRunner(
      OpenClient client,
      BiFunction<OpenClient, PlannedRequest, PlannedExchange> exchanges,
      Map<String, Cue> starts,
      @Nullable Cue insteadOfSleep) {
    this.client = client;
    this.exchanges = exchanges;
    this.starts = starts;
    this.insteadOfSleep = insteadOfSleep;
  }

  void run(Plan plan) throws InterruptedException {
    for (Step step : plan.steps()) {
      if (step.closeIdleConnections()) {
        client.closeIdleConnections();
      } else if (step.sleepMs() != null) {
        if (insteadOfSleep != null) {
          insteadOfSleep.await();
        }
      } else {
        together(step.requests().toList());
      }
    }
  }

  boolean hasBegun(String id) {
    return begun.containsKey(id);
  }

  void cancel(String id) {
    PlannedExchange exchange = begun.get(id);
    if (exchange == null) {
      throw new AssertionError(id + " is to be cancelled and has not begun");
    }
    exchange.cancel();
  }

  /**
   * Waits until the thread of a request is waiting. It is checked repeatedly, so that a thread that
   * is only slow, or waits briefly for another one, does not count.
   *
   * @return whether it is waiting
   */
  boolean awaitCallerWaits(String id) throws InterruptedException {
    Thread caller = threads.get(id);
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    for (int waits = 0; waits < LOOKS; ) {
      if (caller == null || System.nanoTime() - end > 0) {
        return false;
      }
      Thread.State state = caller.getState();
      boolean idle = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
      waits = idle ? waits + 1 : 0;
      new Gate().await(LOOK_AGAIN);
    }
    return true;
  }

  private void together(List<PlannedRequest> requests) throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    try {
      for (PlannedRequest request : requests) {
        Cue start = starts.get(request.id());
        if (start != null) {
          start.await();
        }
        callers.add(begin(request));
      }
      join(callers);
    } finally {
      callers.forEach(Thread::interrupt);
    }
  }

  private Thread begin(PlannedRequest request) {
    PlannedExchange exchange = exchanges.apply(client, request);
    Thread caller = new Thread(exchange::run, "caller " + request.id());
    caller.setDaemon(true);
    // Before it counts as begun: who waits for that looks at the thread then.
    threads.put(request.id(), caller);
    begun.put(request.id(), exchange);
    caller.start();
    return caller;
  }

  private static void join(List<Thread> callers) throws InterruptedException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    for (Thread caller : callers) {
      caller.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      if (caller.isAlive()) {
        StackTraceElement[] stack = caller.getStackTrace();
        throw new AssertionError(
            caller.getName()
                + " has not come to an end"
                + (stack.length > 0 ? " at " + stack[0] : ""));
      }
    }
  }
}
