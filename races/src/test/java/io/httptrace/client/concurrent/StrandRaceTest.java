package io.httptrace.client.concurrent;

import io.httptrace.client.races.Check;
import io.httptrace.client.races.Interleavings;
import io.httptrace.client.races.Wait;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** However threads take turns: each task runs once, one at a time, and a host sees the end. */
class StrandRaceTest {

  /** A strand, an executor with a thread of the scenario, and what tasks write without a lock. */
  public abstract static class Scenario {
    final Strand strand;
    volatile boolean done;
    private boolean busy;
    private int last;
    private int ran;

    // With the monitor of this held.
    private final Queue<Runnable> drains = new ArrayDeque<>();
    private int ends;

    Scenario(boolean begun) {
      strand = begun ? null : new Strand(this::lend);
    }

    final synchronized void lend(Runnable drain) {
      drains.add(drain);
      notifyAll();
    }

    @Operation
    public void executor() {
      for (Runnable drain = next(); drain != null; drain = next()) {
        drain.run();
      }
    }

    private synchronized Runnable next() {
      Wait.on(this, () -> !drains.isEmpty() || ends == 2);
      return drains.poll();
    }

    /** Called by the two other threads at their end. */
    final synchronized void ended() {
      ends++;
      notifyAll();
    }

    final void run() {
      Check.that("one at a time", !busy);
      busy = true;
      ran++;
      busy = false;
    }

    final void numbered(int number) {
      Check.equal("the number before", last, number - 1);
      last = number;
      run();
    }

    @Validate
    public void allHaveRun() {
      Check.equal("tasks that ran", ran, 3);
    }
  }

  @Test
  void noTaskIsLostAndNoTwoRunAtATime() {
    Interleavings.of(TwoBringTasks.class);
  }

  public static class TwoBringTasks extends Scenario {
    public TwoBringTasks() {
      super(false);
    }

    @Operation
    public void one() {
      strand.execute(this::run);
      ended();
    }

    @Operation
    public void two() {
      strand.execute(() -> numbered(1));
      strand.execute(() -> numbered(2));
      ended();
    }
  }

  /** A caller who runs the tasks of its strand until it is done. */
  public abstract static class Hosted extends Scenario {
    private final ConnectionDriver driven;
    private Strand hosted;

    Hosted(ConnectionDriver driven) {
      super(true);
      this.driven = driven;
    }

    @Operation
    public void host() throws InterruptedException {
      Strand begun = Strand.begunHere(this::lend, true);
      synchronized (this) {
        hosted = begun;
        notifyAll();
      }
      begun.begin(
          () -> {
            begun.drive(driven);
            run();
          });
      begun.host(() -> done, () -> {});
      begun.left(true);
      ended();
    }

    final synchronized Strand hosted() {
      Wait.on(this, () -> hosted != null);
      return hosted;
    }
  }

  @Test
  void aHostRunsWhatOthersBringAndSeesTheEnd() {
    Interleavings.of(DoneByATask.class);
  }

  public static class DoneByATask extends Hosted {
    public DoneByATask() {
      super(null);
    }

    @Operation
    public void other() {
      Strand strand = hosted();
      strand.execute(
          () -> {
            numbered(1);
            done = true;
          });
      strand.execute(() -> numbered(2));
      ended();
    }
  }

  /** Whatever ends a call does so by writing that, and then waking the host. */
  @Test
  void aHostSeesAnEndThatIsNoTask() {
    Interleavings.of(DoneByAWakeUp.class);
  }

  public static class DoneByAWakeUp extends Hosted {
    public DoneByAWakeUp() {
      super(null);
    }

    @Operation
    public void other() {
      Strand strand = hosted();
      strand.execute(() -> numbered(1));
      done = true;
      strand.wake();
      strand.execute(() -> numbered(2));
      ended();
    }
  }

  @Test
  void aHostThatDrivesAConnectionIsWokenThere() {
    Interleavings.of(Driving.class);
  }

  public static class Driving extends Hosted {
    public Driving() {
      super(new Selecting());
    }

    @Operation
    public void other() {
      Strand strand = hosted();
      strand.execute(() -> numbered(1));
      strand.execute(
          () -> {
            numbered(2);
            done = true;
          });
      ended();
    }
  }

  /** A connection on which nothing ever happens: a wait that only a wake-up ends. */
  private static final class Selecting implements ConnectionDriver {
    private volatile boolean blocked;
    private boolean woken;

    @Override
    public boolean drive(BooleanSupplier news) {
      blocked = true;
      if (!news.getAsBoolean()) {
        synchronized (this) {
          Wait.on(this, () -> woken);
          woken = false;
        }
      }
      blocked = false;
      return true;
    }

    @Override
    public void wake(Thread waiting) {
      if (blocked) {
        synchronized (this) {
          woken = true;
          notifyAll();
        }
      }
    }

    @Override
    public void attach() {}

    @Override
    public void leave(boolean over) {}

    @Override
    public void share() {}
  }
}
