package io.httptrace.client.concurrent;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/** The one place where a thread of the caller's waits. */
public final class CallerThread {
  private CallerThread() {}

  /**
   * Blocks the calling thread. If it works for a {@link ForkJoinPool}, that may have another one
   * take its place meanwhile: what is waited for may be done by a task of the same pool.
   *
   * @param blocker waits
   * @throws InterruptedException if the blocker does
   */
  public static void block(ForkJoinPool.ManagedBlocker blocker) throws InterruptedException {
    try {
      ForkJoinPool.managedBlock(blocker);
    } catch (RejectedExecutionException full) {
      // The pool has as many threads as it may have. To wait is still better than to fail.
      while (!blocker.isReleasable() && !blocker.block()) {}
    }
  }
}
