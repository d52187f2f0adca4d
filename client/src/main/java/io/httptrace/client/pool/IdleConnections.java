package io.httptrace.client.pool;

import io.httptrace.connections.ConnectionCloseReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The idle connections to all hosts, the one that has been idle longest first. Guarded by the
 * pool's lock.
 */
final class IdleConnections {
  private final Set<PoolEntry> byAge = new LinkedHashSet<>();
  private final PoolLimits limits;

  IdleConnections(PoolLimits limits) {
    this.limits = limits;
  }

  void add(PoolEntry entry, long since) {
    entry.idle = true;
    entry.idleSince = since;
    byAge.add(entry);
  }

  void remove(PoolEntry entry) {
    entry.idle = false;
    byAge.remove(entry);
  }

  int size() {
    return byAge.size();
  }

  boolean tooMany() {
    return limits.maxIdle() > 0 && byAge.size() > limits.maxIdle();
  }

  PoolEntry oldest() {
    return byAge.iterator().next();
  }

  List<PoolEntry> all() {
    return new ArrayList<>(byAge);
  }

  boolean expire() {
    return limits.idleNanos() > 0;
  }

  /** {@return whether no request may have an idle connection any more} Then it says why. */
  boolean isStale(PoolEntry entry, long now) {
    boolean expired = expire() && now - entry.idleSince >= limits.idleNanos();
    if (!expired && entry.isUsable()) {
      return false;
    }
    entry.closing(expired ? ConnectionCloseReason.IDLE_TIMEOUT : ConnectionCloseReason.PEER_CLOSED);
    return true;
  }

  /** {@return in how many nanoseconds the oldest one expires} Must not be called without one. */
  long nextExpiry(long now) {
    return limits.idleNanos() - (now - oldest().idleSince);
  }
}
