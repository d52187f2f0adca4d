package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import io.httptrace.IdleConnectionException.Reason;
import io.httptrace.client.pool.AcquireResult.Verdict;
import io.httptrace.client.route.PoolKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pool knows, and what it decides by that. It calls nothing that could call a hook, write to
 * a connection or block. Guarded by the pool's lock.
 */
final class PoolState {
  private final ConnectionPool pool;
  private final PoolLimits limits;
  private final Map<PoolKey, HostPool> hosts = new HashMap<>();
  private final Set<PooledConnection> all = new LinkedHashSet<>();
  private final Http2Origins http2 = new Http2Origins();
  final IdleConnections idle;
  boolean idleClosed;
  boolean closed;

  /** Makes the state of an empty pool, which takes back what is leased. */
  PoolState(ConnectionPool pool, PoolLimits limits) {
    this.pool = pool;
    this.limits = limits;
    this.idle = new IdleConnections(limits);
  }

  // ---- Requests ----

  /**
   * Takes a request in.
   *
   * @param announced whether it has been told that it may have to wait
   */
  AcquireResult admit(ConnectionRequest request, boolean announced, long now) {
    if (closed) {
      return AcquireResult.of(Verdict.REFUSED, List.of());
    }
    idleClosed = false;
    HostPool host = hosts.computeIfAbsent(request.key(), k -> new HostPool());
    PooledConnection open = host.withRoom();
    if (open != null) {
      return open.idle && request.wantsLook(open, now - open.idleSince)
          ? AcquireResult.look(open, List.of())
          : settle(request, Lease.shared(pool, open, now), List.of());
    }
    List<PooledConnection> stale = List.of();
    for (PooledConnection c = host.takeIdle(); c != null; c = host.takeIdle()) {
      long since = c.idleSince;
      idle.remove(c);
      if (!c.isUsable() || idle.expired(c, now)) {
        stale = stale.isEmpty() ? new ArrayList<>() : stale;
        stale.add(c);
        continue;
      }
      if (request.wantsLook(c, now - since)) {
        host.addIdle(c);
        idle.add(c, since);
        return AcquireResult.look(c, stale);
      }
      AcquireResult result = settle(request, Lease.idle(pool, c, now - since), stale);
      if (result.verdict() == Verdict.SETTLED) {
        host.addIdle(c);
        idle.add(c, since);
      }
      return result;
    }
    return queue(request, host, announced, stale);
  }

  private AcquireResult settle(
      ConnectionRequest request, Lease lease, List<PooledConnection> stale) {
    boolean granted = request.trySettle(lease);
    if (granted) {
      occupy(lease.connection());
    }
    return AcquireResult.of(granted ? Verdict.GRANTED : Verdict.SETTLED, stale);
  }

  private AcquireResult queue(
      ConnectionRequest request, HostPool host, boolean announced, List<PooledConnection> stale) {
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
   * {@return a request that waits and may dial now, and is counted as open; null if there is none}
   */
  @Nullable ConnectionRequest nextToDial(PoolKey key) {
    HostPool host = hosts.get(key);
    if (host == null || closed) {
      return null;
    }
    int without = host.waiting() - host.room(); // others are about to get what room there is
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
   * {@return the first request that waits for such a connection, now settled with it, or null} It
   * must be told. The connection is that request's from now on, or one more of its.
   */
  @Nullable ConnectionRequest settleWaiter(Lease lease) {
    HostPool host = hosts.get(lease.connection().key());
    return host == null ? null : host.settleWaiter(lease);
  }

  // ---- Dials ----

  /**
   * A dial has ended with a connection. That, and what becomes of it, is one step: in between the
   * requests that it will serve would seem to need another dial.
   *
   * @param connection the connection, which the request is settled with if it still waits
   */
  DialFate dialled(ConnectionRequest request, PooledConnection connection) {
    connection.leases = 1;
    all.add(connection);
    dialEnded(connection.key());
    if (connection.shared()) {
      learn(connection);
    } else {
      http2.forget(connection.key());
    }
    if (closed) {
      return DialFate.REFUSED;
    }
    boolean taken = request.trySettle(Lease.dialled(pool, connection));
    if (taken) {
      forgetWaiter(request);
    }
    if (connection.shared() && !share(connection, taken)) {
      return DialFate.SURPLUS;
    }
    return taken ? DialFate.TAKEN : DialFate.SPARE;
  }

  /** What is true of a connection may be true of those that are being dialled. */
  private void learn(PooledConnection connection) {
    if (limits.share()) {
      http2.speaksHttp2(connection.key(), connection.capacity());
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
   * Lets other requests have a shared connection that has just been dialled.
   *
   * @param taken whether the request it was dialled for has it
   * @return whether it is of use
   */
  private boolean share(PooledConnection connection, boolean taken) {
    HostPool host = hosts.get(connection.key());
    connection.used = taken;
    if (!taken) {
      connection.leases = 0;
      if (host == null || !limits.share() || !connection.isUsable() || host.hasRoomToSpare()) {
        return false;
      }
    }
    if (host != null && limits.share()) {
      host.addShared(connection);
    }
    return true;
  }

  /** {@return the next request that waits, now settled with a shared connection, or null} */
  @Nullable ConnectionRequest nextSharer(PooledConnection connection, long now) {
    if (!connection.hasRoom() || closed || !limits.share()) {
      return null;
    }
    ConnectionRequest next = settleWaiter(Lease.shared(pool, connection, now));
    if (next != null) {
      occupy(connection);
    }
    return next;
  }

  /** A request is through with a shared connection. {@return whether it must be discarded} */
  @SuppressWarnings("NonAtomicVolatileUpdate") // with the pool's lock
  boolean leave(PooledConnection connection) {
    connection.leases--;
    return connection.leases == 0
        && (closed || connection.retired || !limits.share() || !connection.isUsable());
  }

  /** {@return whether no request has this shared connection, though one might} */
  boolean isUnused(PooledConnection connection) {
    return connection.leases == 0
        && connection.isUsable()
        && !connection.idle
        && !connection.retired
        && !closed;
  }

  /** A connection has come to be shared, or to have more room, as dials to come may have too. */
  void roomGrew(PooledConnection connection) {
    learn(connection);
    HostPool host = hosts.get(connection.key());
    if (host != null && limits.share() && !connection.retired && !connection.forgotten) {
      connection.used |= connection.leases > 0;
      host.addShared(connection);
    }
  }

  /** No other request gets this connection. */
  void retire(PooledConnection connection) {
    connection.retired = true;
    HostPool host = hosts.get(connection.key());
    if (host != null) {
      host.removeShared(connection);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // with the pool's lock
  private void occupy(PooledConnection connection) {
    if (connection.idle) {
      idle.remove(connection);
    }
    connection.used = true;
    connection.leases++;
  }

  // ---- Idle connections ----

  /** {@return whether a connection that has been used can be used again} */
  boolean takesBack(PooledConnection connection) {
    // If the peer has closed it just now, it might as well have done so a moment later.
    return !closed && hosts.containsKey(connection.key()) && connection.isUsable();
  }

  /** {@return why a connection to this host cannot become idle; null if it can} */
  @Nullable Reason whyNotIdle(PoolKey key) {
    HostPool host = hosts.get(key);
    if (closed) {
      return Reason.CLIENT_CLOSED;
    }
    if (idleClosed) {
      return Reason.IDLE_CLOSED;
    }
    return host != null && limits.maxIdlePerHost() > 0 && host.kept() >= limits.maxIdlePerHost()
        ? Reason.TOO_MANY_IDLE_FOR_HOST
        : null;
  }

  /**
   * Keeps a place for a connection that will be given back, if there is one for it.
   *
   * @return why there is none; null if there is, or it is closed by now
   */
  @Nullable Reason reserve(PooledConnection connection) {
    HostPool host = hosts.get(connection.key());
    if (closed) {
      return Reason.CLIENT_CLOSED;
    }
    if (host == null || !connection.isUsable()) {
      return null;
    }
    Reason refused = host.hasWaiter() ? null : whyNotIdle(connection.key());
    if (refused == null) {
      host.reserve(connection);
    }
    return refused;
  }

  void endReservation(PooledConnection connection) {
    HostPool host = hosts.get(connection.key());
    if (host != null) {
      host.endReservation(connection);
    }
  }

  /** Puts a connection that no request has to the idle ones. {@return one too many, or null} */
  @Nullable PooledConnection putIdle(PooledConnection connection, long now) {
    HostPool host = hosts.get(connection.key());
    connection.leases = 0;
    if (host != null && !connection.shared()) {
      host.addIdle(connection);
    }
    idle.add(connection, now);
    return idle.tooMany() ? takeOldest() : null;
  }

  PooledConnection takeOldest() {
    PooledConnection oldest = idle.oldest();
    take(oldest);
    return oldest;
  }

  List<PooledConnection> takeAllIdle() {
    List<PooledConnection> taken = idle.all();
    taken.forEach(this::take);
    return taken;
  }

  private void take(PooledConnection connection) {
    idle.remove(connection);
    HostPool host = hosts.get(connection.key());
    if (connection.shared()) {
      retire(connection);
    } else if (host != null) {
      host.removeIdle(connection);
    }
  }

  // ---- All connections ----

  /** Takes no more account of a connection. {@return whether it did until now} */
  boolean forget(PooledConnection connection) {
    if (connection.forgotten) {
      return false;
    }
    connection.forgotten = true;
    all.remove(connection);
    endReservation(connection);
    if (connection.idle) {
      take(connection);
    } else if (connection.shared()) {
      retire(connection);
    }
    slotFreed(connection.key());
    return true;
  }

  List<PooledConnection> open() {
    return new ArrayList<>(all);
  }

  int openCount() {
    return all.size();
  }

  private void dropIfEmpty(PoolKey key, HostPool host) {
    if (host.isEmpty()) {
      hosts.remove(key, host);
    }
  }
}
