package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import io.httptrace.IdleConnectionException.Reason;
import io.httptrace.client.pool.AcquireResult.Verdict;
import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.PoolSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a pool, and its decisions. It never calls a hook, writes to a connection or blocks.
 * Guarded by the pool's lock.
 */
final class PoolState {
  private final ConnectionPool pool;
  private final PoolLimits limits;
  private final Map<PoolKey, HostPool> hosts = new HashMap<>();
  private final Set<PoolEntry> all = new LinkedHashSet<>();
  private final Http2Origins http2 = new Http2Origins();
  private final KeepAliveRules keepAlive;
  final IdleConnections idle;
  boolean idleClosed;
  boolean closed;

  /** Makes the state of an empty pool. Leases are released to {@code pool}. */
  PoolState(ConnectionPool pool, PoolLimits limits) {
    this.pool = pool;
    this.limits = limits;
    this.idle = new IdleConnections(limits);
    this.keepAlive = new KeepAliveRules(this, limits);
  }

  // ---- Requests ----

  /**
   * Decides on a request that wants a connection. It gets the first of these:
   *
   * <ol>
   *   <li>a shared connection that has room: {@code GRANTED}, or {@code CHECK_FIRST} if it is idle
   *       and nobody polls it
   *   <li>the connection that became idle last, likewise
   *   <li>a place in the queue: {@code MAY_DIAL}, or {@code QUEUED} if it has to wait for others,
   *       or {@code MUST_WAIT} if that has yet to be announced
   * </ol>
   *
   * <p>Instead it is {@code REFUSED} by a closed pool, and {@code SETTLED} if it wants none any
   * more. The caller acts on the verdict without the lock, and for {@code CHECK_FIRST} and {@code
   * MUST_WAIT} comes back.
   *
   * @param announced whether its wait has been reported to a hook
   */
  AcquireResult admit(ConnectionRequest request, boolean announced, long now) {
    if (closed) {
      return AcquireResult.of(Verdict.REFUSED, List.of());
    }
    idleClosed = false;
    HostPool host = hosts.computeIfAbsent(request.key(), k -> new HostPool());
    PoolEntry open = host.withRoom();
    if (open != null) {
      return open.idle && request.mustCheck(open, now - open.idleSince)
          ? AcquireResult.checkFirst(open, List.of())
          : settle(request, Lease.shared(pool, open, now), List.of());
    }
    List<PoolEntry> stale = takeStale(host, now);
    PoolEntry last = host.lastIdle();
    if (last == null) {
      request.queuedAt = now;
      return queue(request, host, announced, stale);
    }
    long idleNanos = now - last.idleSince;
    if (request.mustCheck(last, idleNanos)) {
      return AcquireResult.checkFirst(last, stale);
    }
    AcquireResult result = settle(request, Lease.idle(pool, last, idleNanos), stale);
    if (result.verdict() == Verdict.GRANTED) {
      host.removeLastIdle();
    }
    return result;
  }

  /** Takes idle connections, from the last on, until there is one that a request may have. */
  private List<PoolEntry> takeStale(HostPool host, long now) {
    List<PoolEntry> stale = List.of();
    PoolEntry last = host.lastIdle();
    while (last != null && idle.isStale(last, now)) {
      host.removeLastIdle();
      idle.remove(last);
      stale = stale.isEmpty() ? new ArrayList<>() : stale;
      stale.add(last);
      last = host.lastIdle();
    }
    return stale;
  }

  private AcquireResult settle(ConnectionRequest request, Lease lease, List<PoolEntry> stale) {
    boolean granted = request.trySettle(lease);
    if (granted) {
      occupy(lease.entry());
    }
    return AcquireResult.of(granted ? Verdict.GRANTED : Verdict.SETTLED, stale);
  }

  private AcquireResult queue(
      ConnectionRequest request, HostPool host, boolean announced, List<PoolEntry> stale) {
    boolean pending = http2.suffices(request.key(), host.dials, host.waiting() + 1);
    boolean mayDial = !pending && hasRoom(host);
    if (!announced && (!mayDial || host.hasSilent())) {
      return AcquireResult.mustWait(
          pending ? ConnWaitReason.PENDING_DIAL : host.whyNoRoom(), stale);
    }
    if (mayDial) {
      host.open++;
      host.dials++;
    }
    host.addWaiter(request, mayDial);
    return AcquireResult.of(mayDial ? Verdict.MAY_DIAL : Verdict.QUEUED, stale);
  }

  private boolean hasRoom(HostPool host) {
    return limits.maxPerHost() == 0 || host.open < limits.maxPerHost();
  }

  /**
   * {@return a waiting request that may now dial, whose connection counts as open from now on; null
   * if there is none}
   */
  @Nullable ConnectionRequest nextToDial(PoolKey key) {
    HostPool host = hosts.get(key);
    if (host == null || closed) {
      return null;
    }
    int without = host.waiting() - host.room(); // the other requests will get this room
    boolean suffices = without <= 0 || http2.suffices(key, host.dials, without);
    ConnectionRequest next = suffices || !hasRoom(host) ? null : host.nextToDial();
    if (next == null) {
      dropIfEmpty(key, host);
    } else {
      host.open++;
      host.dials++;
    }
    return next;
  }

  void forgetWaiter(ConnectionRequest request) {
    HostPool host = hosts.get(request.key());
    if (host != null) {
      host.removeWaiter(request);
      dropIfEmpty(request.key(), host);
    }
  }

  /**
   * {@return the first request that waits for such a connection, now settled with it, or null} Its
   * listener must be told. It has the connection from now on, or shares it.
   */
  @Nullable ConnectionRequest settleWaiter(Lease lease) {
    HostPool host = hosts.get(lease.entry().key());
    return host == null ? null : host.settleWaiter(lease);
  }

  // ---- Dials ----

  /**
   * A dial has ended with a connection. The connection is assigned in the same step: otherwise the
   * requests that it will serve would seem to need another dial.
   *
   * @param entry the connection, which the request gets if it still waits
   */
  DialFate dialled(ConnectionRequest request, PoolEntry entry) {
    entry.leases = 1;
    all.add(entry);
    dialEnded(entry.key());
    if (entry.shared()) {
      learn(entry);
    } else {
      http2.forget(entry.key());
    }
    if (closed) {
      return DialFate.REFUSED;
    }
    boolean taken = request.trySettle(Lease.dialled(pool, entry));
    if (taken) {
      forgetWaiter(request);
    }
    if (entry.shared() && !share(entry, taken)) {
      return DialFate.SURPLUS;
    }
    return taken ? DialFate.TAKEN : DialFate.SPARE;
  }

  /** Remembers the protocol: connections that are being dialled may have the same. */
  private void learn(PoolEntry entry) {
    if (limits.share()) {
      http2.speaksHttp2(entry.key(), entry.capacity());
    }
  }

  /** A dial has ended without a connection. */
  void dialFailed(ConnectionRequest request) {
    dialEnded(request.key());
    if (!request.cancelled()) {
      http2.forget(request.key());
    }
    forgetWaiter(request);
    slotFreed(request.key());
  }

  private void dialEnded(PoolKey key) {
    HostPool host = hosts.get(key);
    if (host != null) {
      host.dials--;
    }
  }

  private void slotFreed(PoolKey key) {
    HostPool host = hosts.get(key);
    if (host != null) {
      host.open--;
      dropIfEmpty(key, host);
    }
  }

  // ---- Shared connections ----

  /**
   * Makes a shared connection that has just been dialled available to other requests.
   *
   * @param taken whether the request for which it was dialled has it
   * @return whether it is needed
   */
  private boolean share(PoolEntry entry, boolean taken) {
    HostPool host = hosts.get(entry.key());
    entry.used = taken;
    if (!taken) {
      entry.leases = 0;
      if (host == null || !limits.share() || !entry.isUsable() || host.hasRoomToSpare()) {
        return false;
      }
    }
    if (host != null && limits.share()) {
      host.addShared(entry);
    }
    return true;
  }

  /** {@return the next request that waits, now settled with a shared connection, or null} */
  @Nullable ConnectionRequest settleNextOn(PoolEntry entry, long now) {
    if (!entry.hasRoom() || closed || !limits.share()) {
      return null;
    }
    ConnectionRequest next = settleWaiter(Lease.shared(pool, entry, now));
    if (next != null) {
      occupy(entry);
    }
    return next;
  }

  /** A request releases a shared connection. {@return whether it must be discarded} */
  @SuppressWarnings("NonAtomicVolatileUpdate") // with the pool's lock
  boolean leave(PoolEntry entry) {
    entry.leases--;
    return entry.leases == 0 && (!keepAlive.isGood(entry) || entry.retired || !limits.share());
  }

  /** {@return whether this shared connection is usable, but neither leased nor idle} */
  boolean isUnused(PoolEntry entry) {
    return entry.leases == 0 && entry.isUsable() && !entry.idle && !entry.retired && !closed;
  }

  /** A connection has become shared, or has more room; later dials may have as much. */
  void roomGrew(PoolEntry entry) {
    learn(entry);
    HostPool host = hosts.get(entry.key());
    if (host != null && limits.share() && !entry.retired && !entry.forgotten) {
      entry.used |= entry.leases > 0;
      host.addShared(entry);
    }
  }

  /** No other request gets this connection. */
  void retire(PoolEntry entry) {
    entry.retired = true;
    HostPool host = hosts.get(entry.key());
    if (host != null) {
      host.removeShared(entry);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // with the pool's lock
  private void occupy(PoolEntry entry) {
    if (entry.idle) {
      idle.remove(entry);
    }
    entry.used = true;
    entry.leases++;
  }

  // ---- Idle connections ----

  /** {@return whether a connection that has been used can be used again} */
  boolean takesBack(PoolEntry entry) {
    // The peer may close it at any moment, also right after this check.
    return keepAlive.isGood(entry) && hosts.containsKey(entry.key());
  }

  /** {@return why a connection cannot become idle; null if it can} */
  @Nullable Reason whyNotIdle(PoolEntry entry) {
    return keepAlive.whyNotIdle(entry, hosts.get(entry.key()));
  }

  /**
   * Keeps a place for a connection that will be released, if there is one.
   *
   * @return why there is none; null if there is one, or the connection is already closed
   */
  @Nullable Reason reserve(PoolEntry entry) {
    return keepAlive.reserve(entry, hosts.get(entry.key()));
  }

  void endReservation(PoolEntry entry) {
    HostPool host = hosts.get(entry.key());
    if (host != null) {
      host.endReservation(entry);
    }
  }

  /** Makes a connection idle. {@return one to close because there are too many, or null} */
  @Nullable PoolEntry putIdle(PoolEntry entry, long now) {
    HostPool host = hosts.get(entry.key());
    entry.leases = 0;
    if (host != null && !entry.shared()) {
      host.addIdle(entry);
    }
    idle.add(entry, now);
    return idle.tooMany() ? takeOldest() : null;
  }

  PoolEntry takeOldest() {
    PoolEntry oldest = idle.oldest();
    take(oldest);
    return oldest;
  }

  List<PoolEntry> takeAllIdle() {
    List<PoolEntry> taken = idle.all();
    taken.forEach(this::take);
    return taken;
  }

  private void take(PoolEntry entry) {
    idle.remove(entry);
    HostPool host = hosts.get(entry.key());
    if (entry.shared()) {
      retire(entry);
    } else if (host != null) {
      host.removeIdle(entry);
    }
  }

  // ---- All connections ----

  /** Removes a connection from the counts. {@return whether it was counted until now} */
  boolean forget(PoolEntry entry) {
    if (entry.forgotten) {
      return false;
    }
    entry.forgotten = true;
    all.remove(entry);
    endReservation(entry);
    if (entry.idle) {
      take(entry);
    } else if (entry.shared()) {
      retire(entry);
    }
    slotFreed(entry.key());
    return true;
  }

  List<PoolEntry> open() {
    return new ArrayList<>(all);
  }

  PoolSnapshot snapshot(long now) {
    return Snapshots.of(all, hosts, now);
  }

  private void dropIfEmpty(PoolKey key, HostPool host) {
    if (host.isEmpty()) {
      hosts.remove(key, host);
    }
  }
}
