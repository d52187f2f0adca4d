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
  private final Set<PooledConnection> byAge = new LinkedHashSet<>();
  private final PoolLimits limits;

  IdleConnections(PoolLimits limits) {
    this.limits = limits;
  }

  void add(PooledConnection connection, long since) {
    connection.idle = true;
    connection.idleSince = since;
    byAge.add(connection);
  }

  void remove(PooledConnection connection) {
    connection.idle = false;
    byAge.remove(connection);
  }

  int size() {
    return byAge.size();
  }

  boolean tooMany() {
    return limits.maxIdle() > 0 && byAge.size() > limits.maxIdle();
  }

  PooledConnection oldest() {
    return byAge.iterator().next();
  }

  List<PooledConnection> all() {
    return new ArrayList<>(byAge);
  }

  boolean expire() {
    return limits.idleNanos() > 0;
  }

  /** {@return whether no request may have an idle connection any more} Then it says why. */
  boolean isStale(PooledConnection connection, long now) {
    boolean expired = expire() && now - connection.idleSince >= limits.idleNanos();
    if (!expired && connection.isUsable()) {
      return false;
    }
    connection.closing(
        expired ? ConnectionCloseReason.IDLE_TIMEOUT : ConnectionCloseReason.PEER_CLOSED);
    return true;
  }

  /** {@return in how many nanoseconds the oldest one expires} Must not be called without one. */
  long nextExpiry(long now) {
    return limits.idleNanos() - (now - oldest().idleSince);
  }
}
