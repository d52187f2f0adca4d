package io.httptrace.client.netty;

import io.httptrace.client.concurrent.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until it is moved on. Used by one thread. */
public final class TestClock implements Clock {
  private final List<Task> tasks = new ArrayList<>();
  private long now = 1_000;

  /** Makes a clock. */
  public TestClock() {}

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Timer schedule(Runnable action, long nanos) {
    Task task = new Task(now + nanos, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Moves on, and runs what is due on the way. */
  public void advanceMillis(long millis) {
    long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
    for (Task next = next(end); next != null; next = next(end)) {
      now = Math.max(now, next.at);
      tasks.remove(next);
      next.action.run();
    }
    now = end;
  }

  /** Moves on, but its timers are late: they have yet to run. */
  public void advanceWithoutTimersMillis(long millis) {
    advanceWithoutTimersNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Does the same by nanoseconds. */
  public void advanceWithoutTimersNanos(long nanos) {
    now += nanos;
  }

  /** {@return how many timers are set} */
  public int timers() {
    return tasks.size();
  }

  private @Nullable Task next(long end) {
    return tasks.stream()
        .filter(task -> task.at <= end)
        .min(Comparator.comparingLong(task -> task.at))
        .orElse(null);
  }

  private static final class Task {
    final long at;
    final Runnable action;

    Task(long at, Runnable action) {
      this.at = at;
      this.action = action;
    }
  }
}
