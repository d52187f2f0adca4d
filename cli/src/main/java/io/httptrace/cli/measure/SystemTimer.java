package io.httptrace.cli.measure;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The system's clock, and a thread. */
public final class SystemTimer implements MeasureTimer, AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "httptrace-measure");
            made.setDaemon(true);
            return made;
          });

  /** Makes one. */
  public SystemTimer() {}

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void at(long nanoTime, Runnable action) {
    try {
      thread.schedule(action, Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // It is closed: nobody waits for it any more.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
