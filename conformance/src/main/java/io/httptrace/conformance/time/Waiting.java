package io.httptrace.conformance.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How long a test waits, and how. */
public final class Waiting {
  /**
   * The limit for events that must happen: long enough for a very slow machine, because it detects
   * what hangs, not what is slow. Only a failing test waits for its whole length.
   */
  public static final Duration LIMIT = Duration.ofMinutes(2);

  private Waiting() {}

  /**
   * Waits on a monitor until a condition is true. Whoever makes it true notifies all.
   *
   * @param monitor the monitor, which the calling thread holds
   * @param condition asked with the monitor held; it must be quick
   * @param limit how long at most
   * @return whether the condition is true
   * @throws InterruptedException if the thread is interrupted
   */
  public static boolean until(Object monitor, BooleanSupplier condition, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(monitor, left);
    }
    return true;
  }
}
