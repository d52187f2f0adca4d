package io.httptrace.client.concurrent;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/** The only place where a caller's thread waits. */
public final class CallerThread {
  private CallerThread() {}

  /**
   * Blocks the calling thread. If it belongs to a {@link ForkJoinPool}, the pool may start another
   * thread meanwhile: the thread may wait for a task of the same pool.
   *
   * @param blocker waits
   * @throws InterruptedException if the blocker does
   */
  public static void block(ForkJoinPool.ManagedBlocker blocker) throws InterruptedException {
    Turn.beforeWaiting();
    try {
      ForkJoinPool.managedBlock(blocker);
    } catch (RejectedExecutionException full) {
      // The pool has as many threads as it may have. Waiting is still better than failing.
      while (!blocker.isReleasable() && !blocker.block()) {}
    }
  }
}
