package io.httptrace.cli.request;

import io.httptrace.timeline.TraceEvent;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Counts the round trips that have started and not ended. A cancelled request fails at once, and
 * its last events come a moment later, on another thread.
 */
final class OpenRoundTrips implements Consumer<TraceEvent> {
  private int open; // guarded by this

  @Override
  public synchronized void accept(TraceEvent event) {
    switch (event.hook()) {
      case ROUND_TRIP_START -> open++;
      case ROUND_TRIP_DONE -> {
        open--;
        notifyAll();
      }
      default -> {
        // Only the ends of a round trip count.
      }
    }
  }

  /**
   * Waits until there is none.
   *
   * @param atMost how long to wait
   * @throws InterruptedException if interrupted
   */
  synchronized void awaitNone(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long left = atMost.toMillis();
    while (open > 0 && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }
}
