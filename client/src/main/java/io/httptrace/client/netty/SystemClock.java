package io.httptrace.client.netty;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real time, with one thread for timers that is started with the first of them. */
public final class SystemClock implements Clock, AutoCloseable {
  private final ScheduledThreadPoolExecutor timers;

  /**
   * Makes a clock.
   *
   * @param name the name of its thread
   */
  public SystemClock(String name) {
    this.timers = new ScheduledThreadPoolExecutor(1, DaemonThreads.named(name));
    timers.setRemoveOnCancelPolicy(true);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Timer schedule(Runnable task, long nanos) {
    try {
      ScheduledFuture<?> timer = timers.schedule(task, nanos, TimeUnit.NANOSECONDS);
      return () -> timer.cancel(false);
    } catch (RejectedExecutionException closed) {
      return Timer.NONE;
    }
  }

  /** Drops all timers and ends the thread. */
  @Override
  public void close() {
    timers.shutdownNow();
  }

  /** {@return whether the thread has ended} It is interrupted at {@link #close()}. */
  public boolean awaitClosed(long nanos) throws InterruptedException {
    return timers.awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }
}
