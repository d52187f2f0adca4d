package io.httptrace.client.concurrent;

/** Time, so that tests can bring their own. */
public interface Clock {

  /** A timer that has been set. */
  @FunctionalInterface
  interface Timer {
    /** Does nothing, for want of a timer. */
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
}
