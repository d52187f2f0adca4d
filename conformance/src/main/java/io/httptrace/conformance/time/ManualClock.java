package io.httptrace.conformance.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * A clock that stands still until it is advanced. It has nanoseconds like {@link System#nanoTime()}
 * and the time of day, and can run actions at a later time.
 */
public final class ManualClock implements LongSupplier {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long nanos;
  private long scheduled;

  /** Makes a clock that shows 0 nanoseconds. */
  public ManualClock() {}

  /** {@return the time in nanoseconds since an arbitrary beginning} */
  @Override
  public synchronized long getAsLong() {
    return nanos;
  }

  /** {@return this clock as a clock of the time of day, in UTC} */
  public Clock wallClock() {
    return new WallClock(this, ZoneOffset.UTC);
  }

  /**
   * Runs an action later, on the thread that {@linkplain #advance advances} the clock, at exactly
   * its time.
   *
   * @param delay how much later; zero or less means as soon as the clock is advanced at all
   * @param action the action
   */
  public synchronized void schedule(Duration delay, Runnable action) {
    tasks.add(new Task(nanos + Math.max(0, delay.toNanos()), scheduled++, action));
  }

  /**
   * Advances the time, and runs the actions that become due, in order.
   *
   * @param time how far; not negative
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + time);
    }
    long end = getAsLong() + time.toNanos();
    for (List<Runnable> due = due(end); !due.isEmpty(); due = due(end)) {
      due.forEach(Runnable::run);
    }
    synchronized (this) {
      nanos = end;
    }
  }

  private synchronized List<Runnable> due(long end) {
    List<Runnable> due = new ArrayList<>();
    Task next = tasks.peek();
    if (next != null && next.at() <= end) {
      nanos = Math.max(nanos, next.at());
      due.add(tasks.remove().action());
    }
    return due;
  }

  private record Task(long at, long number, Runnable action) {}

  private static final class WallClock extends Clock {
    private final ManualClock source;
    private final ZoneId zone;

    WallClock(ManualClock source, ZoneId zone) {
      this.source = source;
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new WallClock(source, other);
    }

    @Override
    public Instant instant() {
      return START.plusNanos(source.getAsLong());
    }
  }
}
