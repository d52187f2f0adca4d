package io.httptrace.cli.measure;

/** A clock that can run something at a time. */
public interface MeasureTimer {

  /** {@return the time in nanoseconds, as {@link System#nanoTime}} */
  long nanoTime();

  /**
   * Runs something once, on a thread of its own choice.
   *
   * @param nanoTime when
   * @param action what
   */
  void at(long nanoTime, Runnable action);
}
