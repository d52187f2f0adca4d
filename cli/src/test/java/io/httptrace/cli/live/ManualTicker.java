package io.httptrace.cli.live;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A ticker that ticks when a test says so. */
final class ManualTicker implements Ticker {
  private @Nullable Runnable task;
  private @Nullable Duration first;
  private @Nullable Duration interval;
  private boolean ended;

  @Override
  public Ticking begin(Duration firstWait, Duration laterWaits, Runnable what) {
    first = firstWait;
    interval = laterWaits;
    task = what;
    return () -> ended = true;
  }

  /** Does it once, also when it has been ended: a tick can be late. */
  void tick() {
    if (task != null) {
      task.run();
    }
  }

  @Nullable Duration first() {
    return first;
  }

  @Nullable Duration interval() {
    return interval;
  }

  boolean ended() {
    return ended;
  }
}
