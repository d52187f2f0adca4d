package io.httptrace.client.concurrent;

import java.time.Duration;

/** The source of time, which tests can replace. */
public interface Clock {

  /** A timer that has been set. */
  @FunctionalInterface
  interface Timer {
    /** A timer that does nothing. */
    Timer NONE = () -> {};

    /** Stops the timer; does nothing if it has run or been stopped. */
    void stop();
  }

  /** {@return a monotonic time in nanoseconds, as {@link System#nanoTime()} counts} */
  long nanoTime();

  /**
   * Sets a timer.
   *
   * @param task runs once, on a thread of the clock; must be short
   * @param nanos when, from now
   * @return stops it
   */
  Timer schedule(Runnable task, long nanos);

  /**
   * {@return a duration in nanoseconds; for one of more than 292 years, half of the longest time}
   *
   * @param duration the duration
   */
  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      // A deadline that far from now does not overflow.
      return (duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE) >> 1;
    }
  }
}
