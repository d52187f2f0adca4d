package io.httptrace.client.concurrent;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for the state of a part of the client. A thread that adds a task to a connection may have
 * to run tasks of other threads, and so must not hold such a lock: an assertion checks that.
 */
public final class StateLock {
  private static final boolean ASSERTING = StateLock.class.desiredAssertionStatus();
  private static final ThreadLocal<Integer> HELD = new ThreadLocal<>();

  private final ReentrantLock lock = new ReentrantLock();

  public void lock() {
    lock.lock();
    if (ASSERTING) {
      count(1);
    }
  }

  public void unlock() {
    if (ASSERTING) {
      count(-1);
    }
    lock.unlock();
  }

  private static void count(int change) {
    Integer held = HELD.get();
    int now = (held == null ? 0 : held) + change;
    if (now == 0) {
      HELD.remove();
    } else {
      HELD.set(now);
    }
  }

  /** {@return whether the calling thread holds no lock of the client} For assertions. */
  public static boolean noneHeld() {
    return HELD.get() == null;
  }
}
