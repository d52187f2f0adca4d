package io.httptrace.client.pool;

import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.ConnectionTarget;
import io.httptrace.connections.PoolSnapshot;
import io.httptrace.connections.PooledConnectionInfo;
import io.httptrace.connections.TargetConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a pool has, by target: there can be several keys for one. */
final class Snapshots {
  private final long now;
  private final Map<ConnectionTarget, Target> targets = new LinkedHashMap<>();

  private Snapshots(long now) {
    this.now = now;
  }

  /** {@return what a pool has} With the pool's lock. */
  static PoolSnapshot of(Collection<PoolEntry> all, Map<PoolKey, HostPool> hosts, long now) {
    Snapshots snapshots = new Snapshots(now);
    all.forEach(snapshots::add);
    hosts.forEach(snapshots::add);
    return PoolSnapshot.of(snapshots.targets.values().stream().map(Target::snapshot).toList());
  }

  private Target target(PoolKey key) {
    return targets.computeIfAbsent(PoolObserver.target(key), Target::new);
  }

  private void add(PoolEntry entry) {
    Duration idleTime = entry.idle ? Duration.ofNanos(Math.max(0, now - entry.idleSince)) : null;
    target(entry.key())
        .connections
        .add(entry.snapshot(now, idleTime, entry.idle ? 0 : entry.leases));
  }

  private void add(PoolKey key, HostPool host) {
    List<ConnectionRequest> waiting = host.stillWaiting();
    if (host.dials == 0 && waiting.isEmpty()) {
      return; // there may be connections, which are there already
    }
    Target target = target(key);
    target.dialling += host.dials;
    target.waiting += waiting.size();
    for (ConnectionRequest request : waiting) {
      target.longestWait = Math.max(target.longestWait, now - request.queuedAt);
    }
  }

  /** What there is for one target. */
  private static final class Target {
    final ConnectionTarget target;
    final List<PooledConnectionInfo> connections = new ArrayList<>();
    int dialling;
    int waiting;
    long longestWait;

    Target(ConnectionTarget target) {
      this.target = target;
    }

    TargetConnections snapshot() {
      Duration longest = waiting == 0 ? null : Duration.ofNanos(longestWait);
      return TargetConnections.of(target, connections, dialling, waiting, longest);
    }
  }
}
