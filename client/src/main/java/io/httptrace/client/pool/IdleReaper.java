package io.httptrace.client.pool;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.StateLock;
import io.httptrace.connections.ConnectionCloseReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes connections that have been idle for too long. One timer is enough: it is set for the one
 * that is idle longest.
 */
final class IdleReaper {
  private final PoolLimits limits;
  private final Clock clock;
  private final StateLock lock;
  private final PoolState state;
  private final PoolObserver observer;

  /** Guarded by lock. */
  private boolean set;

  IdleReaper(
      PoolLimits limits, Clock clock, StateLock lock, PoolState state, PoolObserver observer) {
    this.limits = limits;
    this.clock = clock;
    this.lock = lock;
    this.state = state;
    this.observer = observer;
  }

  /** A connection has become idle. With the pool's lock. */
  void becameIdle() {
    if (state.idle.expire()) {
      set(limits.idleNanos());
    }
  }

  private void set(long nanos) {
    if (!set) {
      set = true;
      clock.schedule(this::reap, nanos);
    }
  }

  private void reap() {
    List<PoolEntry> expired = new ArrayList<>();
    lock.lock();
    try {
      set = false;
      long now = clock.nanoTime();
      while (state.idle.size() > 0) {
        long left = state.idle.nextExpiry(now);
        if (left > 0) {
          set(left);
          break;
        }
        expired.add(state.takeOldest());
      }
    } finally {
      lock.unlock();
    }
    expired.forEach(c -> observer.close(c, ConnectionCloseReason.IDLE_TIMEOUT));
  }
}
