package io.httptrace.client.pool;

/** What a lease tells. */
record Grant(PooledConnection connection, boolean reused, boolean wasIdle, long idleNanos) {
  static Grant of(Lease lease) {
    return new Grant(lease.connection(), lease.reused(), lease.wasIdle(), lease.idleNanos());
  }
}
