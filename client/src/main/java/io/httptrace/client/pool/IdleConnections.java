package io.httptrace.client.pool;

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

  boolean expired(PooledConnection connection, long now) {
    return expire() && now - connection.idleSince >= limits.idleNanos();
  }

  /** {@return in how many nanoseconds the oldest one expires} Must not be called without one. */
  long nextExpiry(long now) {
    return limits.idleNanos() - (now - oldest().idleSince);
  }
}
