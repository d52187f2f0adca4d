package io.httptrace.client.netty;

import io.httptrace.client.races.Check;
import io.httptrace.client.races.Interleavings;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** However threads take turns: one owner at a time, no task lost, each thread's in order. */
class SerialTasksRaceTest {

  @Test
  void noTaskIsLostAndNoTwoRunAtATime() {
    Interleavings.of(TwoBringTasks.class);
  }

  @Test
  void whoTriesRunsItsTaskOrTheOwnerIsThere() {
    Interleavings.of(OneTriesAndOneBringsTasks.class);
  }

  /** As for a flush: what comes in a turn is covered by its end, or by that of the next. */
  @Test
  void theEndOfATurnComesAfterEveryTask() {
    Interleavings.of(TwoBringTasksWithAnEnd.class);
  }

  /** What tasks write without a lock. */
  private abstract static class Scenario {
    final SerialTasks tasks = new SerialTasks();
    private Thread running;
    int ran;

    void run() {
      Check.that("nobody else runs tasks", running == null);
      running = Thread.currentThread();
      Check.that("who runs a task is the owner", tasks.isOwner(running));
      ran++;
      running = null;
    }
  }

  public static class TwoBringTasks extends Scenario {
    private int last;

    @Operation
    public void one() {
      tasks.execute(this::run);
    }

    @Operation
    public void two() {
      tasks.execute(() -> numbered(1));
      tasks.execute(() -> numbered(2));
    }

    private void numbered(int number) {
      Check.equal("the number before", last, number - 1);
      last = number;
      run();
    }

    @Validate
    public void after() {
      Check.equal("tasks that ran", ran, 3);
      Check.that("nobody is the owner", !tasks.isOwner(Thread.currentThread()));
    }
  }

  public static class OneTriesAndOneBringsTasks extends Scenario {
    private boolean tried;

    @Operation
    public void one() {
      tried = tasks.tryRun(this::run);
    }

    @Operation
    public void two() {
      tasks.execute(this::run);
    }

    @Validate
    public void after() {
      Check.equal("tasks that ran", ran, tried ? 2 : 1);
    }
  }

  public static class TwoBringTasksWithAnEnd extends Scenario {
    private int covered;

    private void withEnd() {
      run();
      tasks.atEnd(this::end);
    }

    private void end() {
      Check.that("the end is part of a turn", tasks.isOwner(Thread.currentThread()));
      covered = ran;
    }

    @Operation
    public void one() {
      tasks.execute(this::withEnd);
    }

    @Operation
    public void two() {
      tasks.execute(this::withEnd);
    }

    @Validate
    public void after() {
      Check.equal("tasks before the last end", covered, 2);
    }
  }
}
