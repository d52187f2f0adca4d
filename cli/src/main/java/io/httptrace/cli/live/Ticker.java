package io.httptrace.cli.live;

import java.time.Duration;

/** Does something again and again. */
@FunctionalInterface
public interface Ticker {

  /** Ends what a ticker does. */
  @FunctionalInterface
  interface Ticking {
    /** Ends it. What is just being done may go on for a moment. */
    void end();
  }

  /**
   * Begins.
   *
   * @param first how long to wait before the first time
   * @param interval how long to wait between two times
   * @param task what to do
   * @return ends it
   */
  Ticking begin(Duration first, Duration interval, Runnable task);
}
