package io.httptrace.client.concurrent;

import io.httptrace.client.netty.SerialTasks;
import io.httptrace.client.races.Check;
import io.httptrace.client.races.Interleavings;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** What is for later runs once, on a thread that has let go of all connections. */
class TurnRaceTest {

  @Test
  void whatATaskLeavesForLaterRunsWhenItsThreadHasLetGo() {
    Interleavings.of(TwoConnections.class);
  }

  public static class TwoConnections {
    private final SerialTasks one = new SerialTasks();
    private final SerialTasks two = new SerialTasks();
    private int first;
    private int second;

    @Operation
    public void nested() {
      one.execute(() -> two.execute(() -> Turn.LATER.execute(this::first)));
    }

    @Operation
    public void plain() {
      one.execute(() -> Turn.LATER.execute(this::second));
    }

    private void first() {
      hasLetGo();
      first++;
    }

    private void second() {
      hasLetGo();
      second++;
    }

    private void hasLetGo() {
      Thread here = Thread.currentThread();
      Check.that("it has let go", !one.isOwner(here) && !two.isOwner(here));
    }

    @Validate
    public void bothRan() {
      Check.equal("the first", first, 1);
      Check.equal("the second", second, 1);
    }
  }
}
