package io.httptrace.conformance.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads and actions wait for it until it is opened. It opens once and stays open. */
public final class Gate {
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  /** Makes a closed gate. */
  public Gate() {}

  /** Opens the gate. Actions that wait for it run on this thread. */
  public void open() {
    opened.complete(null);
  }

  /** {@return whether the gate is open} */
  public boolean isOpen() {
    return opened.isDone();
  }

  /**
   * Waits until the gate is open.
   *
   * @param limit how long at most
   * @return whether the gate is open
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean await(Duration limit) throws InterruptedException {
    try {
      opened.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Runs an action once the gate is open: now if it is open already.
   *
   * @param action the action
   */
  public void whenOpen(Runnable action) {
    requireNonNull(action, "action");
    var unused = opened.thenRun(action);
  }
}
