package io.httptrace.client.concurrent;

import io.httptrace.client.races.Check;
import io.httptrace.client.races.Interleavings;
import io.httptrace.client.races.Wait;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Each completion runs once, and there is one poller, whenever it is relieved. */
class CompletionsRaceTest {

  @Test
  void oneThatIsRelievedAtAnyMomentPollsNoMore() {
    Interleavings.of(Relieved.class);
  }

  @Test
  void whatComesWhileItEndsRunsAllTheSame() {
    Interleavings.of(Ended.class);
  }

  public abstract static class Scenario {
    private static final int TASKS = 2;

    final Completions completions =
        new Completions(Runnable::run, new NoClock(), this::woken, this::replace);

    /** Written by who polls, without a lock. */
    private boolean polling;

    // With the monitor of this held.
    private int ran;
    private Thread held;

    synchronized void woken() {
      notifyAll();
    }

    private synchronized void replace(Thread holder) {
      held = holder;
    }

    synchronized Thread held() {
      return held;
    }

    private synchronized void ran() {
      ran++;
      notifyAll();
    }

    final void add() {
      for (int i = 0; i < TASKS; i++) {
        completions.execute(this::ran);
      }
    }

    /** Polls until it is relieved or told to end. */
    final void poll() {
      do {
        Check.that("nobody else polls", !polling);
        polling = true;
        Wait.on(this, () -> over() || !completions.isEmpty());
        polling = false;
        if (over()) {
          completions.end();
          return;
        }
      } while (completions.run(Completions.LONG_NANOS));
    }

    synchronized boolean over() {
      return ran == TASKS;
    }

    @Validate
    public void allRan() {
      Check.equal("completions that ran", ran, TASKS);
    }
  }

  public static class Relieved extends Scenario {
    @Operation
    public void caller() {
      add();
    }

    @Operation
    public void poller() {
      poll();
    }

    @Operation
    public void relief() {
      completions.relieve();
      Thread holder = held();
      if (holder != null && completions.takeOver(holder)) {
        poll();
      }
    }
  }

  public static class Ended extends Scenario {
    private boolean stopped;

    @Operation
    public void caller() {
      add();
    }

    @Operation
    public void poller() {
      poll();
    }

    @Operation
    public void stop() {
      completions.stop();
      synchronized (this) {
        stopped = true;
        notifyAll();
      }
      Thread holder = held();
      if (holder != null && completions.takeOver(holder)) {
        poll();
      }
    }

    @Override
    synchronized boolean over() {
      return stopped;
    }
  }
}
