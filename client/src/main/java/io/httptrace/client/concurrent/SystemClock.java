package io.httptrace.client.concurrent;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The system's time, with one thread for timers that is started with the first timer.
 *
 * <p>Nearly every timer is a limit that is stopped long before it runs out. A new timer that is due
 * before all others would wake the thread, only to wait again. So while timers are set, there is
 * one that is due within a second and does nothing, and the others queue behind it.
 */
public final class SystemClock implements Clock, AutoCloseable {
  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ScheduledThreadPoolExecutor timers;
  private final AtomicBoolean beating = new AtomicBoolean();

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
      if (nanos > BEAT_NANOS && beating.compareAndSet(false, true)) {
        timers.schedule(() -> beating.set(false), BEAT_NANOS, TimeUnit.NANOSECONDS);
      }
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
