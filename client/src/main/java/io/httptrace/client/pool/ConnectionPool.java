package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import io.httptrace.IdleConnectionException;
import io.httptrace.IdleConnectionException.Reason;
import io.httptrace.client.netty.Clock;
import io.httptrace.client.pool.Admission.Verdict;
import io.httptrace.client.pool.ConnectionRequest.Grant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * The rules, which are Go's:
 *
 * - A request takes the connection that became idle last.
 * - If there is none it waits for one, and dials one at the same time. Whichever comes first serves
 *   it. A dial that comes too late is not wasted: its connection serves the next one that waits, or
 *   becomes idle.
 * - With a limit for a host a request that may not dial waits for a connection that is freed, or for
 *   its turn to dial when one is closed. Both queues are first come, first served.
 * - A connection that is offered goes to the first request that waits; else it becomes idle, unless
 *   the host has enough idle ones. If all hosts together have too many, the oldest one is closed.
 * - Closing the idle connections also keeps those in use now from becoming idle, until the next
 *   request begins.
 *
 * All state is guarded by one lock. Under it nothing is called that could call a hook, write to a
 * connection or block: whatever has to be told or closed is collected and done after it is let go.
 */
/** The pool of connections. */
public final class ConnectionPool {
  private final PoolLimits limits;
  private final Dials dials;
  private final Clock clock;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<PoolKey, HostPool> hosts = new HashMap<>();
  private final IdleConnections idle;
  private final Set<PooledConnection> all = new LinkedHashSet<>();
  private boolean idleClosed;
  private boolean closed;
  private boolean reaperSet;

  /**
   * Makes a pool.
   *
   * @param limits its limits
   * @param dialer makes its connections
   * @param clock tells how long a connection has been idle
   */
  public ConnectionPool(PoolLimits limits, Dialer dialer, Clock clock) {
    this.limits = limits;
    this.dials = new Dials(dialer);
    this.clock = clock;
    this.idle = new IdleConnections(limits);
  }

  /**
   * Gets a connection for a request: at once from the pool if there is an idle one, else as soon as
   * there is one. The request's listener is told.
   *
   * @param request the request
   */
  public void acquire(ConnectionRequest request) {
    Admission admission = admit(request, false);
    while (admission.verdict() == Verdict.MUST_WAIT && !admission.stale().isEmpty()) {
      admission.stale().forEach(this::discard);
      admission = admit(request, false);
    }
    if (admission.verdict() == Verdict.MUST_WAIT) {
      request.trace().connWaitStart(request.trace().now(), ConnWaitReason.HOST_LIMIT);
      admission = admit(request, true);
    }
    for (PooledConnection stale : admission.stale()) {
      discard(stale);
    }
    Grant grant = admission.grant();
    if (grant != null) {
      request.tellGrant(grant);
    } else if (admission.verdict() == Verdict.MAY_DIAL) {
      dial(request);
    } else if (admission.verdict() == Verdict.REFUSED) {
      request.fail(new IOException("the client is closed"));
    }
  }

  private Admission admit(ConnectionRequest request, boolean announced) {
    lock.lock();
    try {
      if (closed) {
        return new Admission(Verdict.REFUSED, null, List.of());
      }
      idleClosed = false;
      HostPool host = hosts.computeIfAbsent(request.key(), k -> new HostPool());
      List<PooledConnection> stale = List.of();
      long now = clock.nanoTime();
      for (PooledConnection c = host.takeIdle(); c != null; c = host.takeIdle()) {
        idle.remove(c);
        if (!c.isUsable() || idle.expired(c, now)) {
          stale = add(stale, c);
          continue;
        }
        Grant grant = new Grant(c, true, true, now - c.idleSince);
        if (request.trySettle(grant)) {
          c.inUse = true;
          return new Admission(Verdict.GRANTED, grant, stale);
        }
        putIdle(host, c, c.idleSince);
        return new Admission(Verdict.SETTLED, null, stale);
      }
      return new Admission(queue(request, host, announced), null, stale);
    } finally {
      lock.unlock();
    }
  }

  private Verdict queue(ConnectionRequest request, HostPool host, boolean announced) {
    boolean room = limits.maxPerHost() == 0 || host.open < limits.maxPerHost();
    if (!room && !announced) {
      return Verdict.MUST_WAIT;
    }
    if (room) {
      host.open++;
    }
    host.addWaiter(request, room);
    return room ? Verdict.MAY_DIAL : Verdict.QUEUED;
  }

  private void dial(ConnectionRequest request) {
    dials.start(
        request,
        new Dialer.Outcome() {
          @Override
          public void connected(PooledConnection connection) {
            dialled(request, connection);
          }

          @Override
          public void failed(Throwable error) {
            forgetWaiter(request);
            freeSlot(request.key());
            request.fail(error);
          }
        });
  }

  private void dialled(ConnectionRequest request, PooledConnection connection) {
    boolean refused;
    lock.lock();
    try {
      refused = closed;
      connection.inUse = true;
      all.add(connection);
    } finally {
      lock.unlock();
    }
    connection.onClosed(() -> closed(connection));
    if (refused) {
      discard(connection);
      request.fail(new IOException("the client is closed"));
      return;
    }
    Grant grant = new Grant(connection, false, false, 0);
    if (request.trySettle(grant)) {
      forgetWaiter(request);
      request.tellGrant(grant);
    } else if (release(connection) != null) {
      discard(connection);
    }
  }

  /**
   * Offers a connection that a request has finished with.
   *
   * @param connection the connection
   * @return null if it was handed to a request that waits or is idle now; otherwise why not, and
   *     then the caller must {@link #discard} it
   */
  public @Nullable IdleConnectionException release(PooledConnection connection) {
    List<PooledConnection> surplus = List.of();
    ConnectionRequest taker;
    boolean gone = false;
    Grant grant = new Grant(connection, true, false, 0);
    lock.lock();
    try {
      if (closed) {
        return new IdleConnectionException(Reason.CLIENT_CLOSED);
      }
      HostPool host = hosts.get(connection.key());
      if (host == null || !connection.isUsable()) {
        // The peer has closed it just now; it might as well have done so a moment later.
        gone = true;
        return null;
      }
      taker = host.settleWaiter(grant);
      if (taker == null) {
        if (idleClosed) {
          return new IdleConnectionException(Reason.IDLE_CLOSED);
        }
        if (limits.maxIdlePerHost() > 0 && host.idleCount() >= limits.maxIdlePerHost()) {
          return new IdleConnectionException(Reason.TOO_MANY_IDLE_FOR_HOST);
        }
        connection.inUse = false;
        putIdle(host, connection, clock.nanoTime());
        if (idle.tooMany()) {
          surplus = add(surplus, takeOldest());
        }
      }
    } finally {
      lock.unlock();
      if (gone) {
        discard(connection);
      }
    }
    surplus.forEach(PooledConnection::close);
    if (taker != null) {
      taker.tellGrant(grant);
    }
    return null;
  }

  private void putIdle(HostPool host, PooledConnection connection, long since) {
    host.addIdle(connection);
    idle.add(connection, since);
    if (idle.expire()) {
      setReaper(limits.idleNanos());
    }
  }

  private PooledConnection takeOldest() {
    PooledConnection oldest = idle.oldest();
    removeIdle(oldest);
    return oldest;
  }

  private void removeIdle(PooledConnection connection) {
    idle.remove(connection);
    HostPool host = hosts.get(connection.key());
    if (host != null) {
      host.removeIdle(connection);
    }
  }

  /** One timer is enough: it is set for the connection that is idle longest. */
  private void setReaper(long nanos) {
    if (!reaperSet) {
      reaperSet = true;
      clock.schedule(this::reap, nanos);
    }
  }

  private void reap() {
    List<PooledConnection> expired = new ArrayList<>();
    lock.lock();
    try {
      reaperSet = false;
      long now = clock.nanoTime();
      while (idle.size() > 0) {
        long left = idle.nextExpiry(now);
        if (left > 0) {
          setReaper(left);
          break;
        }
        expired.add(takeOldest());
      }
    } finally {
      lock.unlock();
    }
    expired.forEach(PooledConnection::close);
  }

  /**
   * Gives up a request for a connection. A connection it got in the same moment is not lost: its
   * listener has been told, or will be.
   *
   * @param request the request
   * @param reason why
   * @return whether the request's listener will not be told any more
   */
  public boolean cancel(ConnectionRequest request, Throwable reason) {
    boolean cancelled = request.cancel(reason);
    forgetWaiter(request);
    return cancelled;
  }

  private void forgetWaiter(ConnectionRequest request) {
    lock.lock();
    try {
      HostPool host = hosts.get(request.key());
      if (host != null) {
        host.removeWaiter(request);
        dropIfEmpty(request.key(), host);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes a connection that a request has finished with.
   *
   * @param connection the connection
   */
  public void discard(PooledConnection connection) {
    connection.close();
    forget(connection);
  }

  /**
   * A connection has been closed. One that is in use keeps its place until its request is through
   * with what it has read from it.
   */
  private void closed(PooledConnection connection) {
    boolean inUse;
    lock.lock();
    try {
      inUse = connection.inUse;
    } finally {
      lock.unlock();
    }
    if (!inUse) {
      forget(connection);
    }
  }

  /** Takes a connection out of the books. */
  private void forget(PooledConnection connection) {
    lock.lock();
    try {
      if (connection.forgotten) {
        return;
      }
      connection.forgotten = true;
      all.remove(connection);
      if (connection.idle) {
        removeIdle(connection);
      }
    } finally {
      lock.unlock();
    }
    freeSlot(connection.key());
  }

  /** One connection less: the next request that waits for its turn may dial. */
  private void freeSlot(PoolKey key) {
    ConnectionRequest next = null;
    lock.lock();
    try {
      HostPool host = hosts.get(key);
      if (host == null) {
        return;
      }
      if (!closed) {
        next = host.nextToDial();
      }
      if (next == null) {
        host.open--;
        dropIfEmpty(key, host);
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      dial(next);
    }
  }

  private void dropIfEmpty(PoolKey key, HostPool host) {
    if (host.isEmpty()) {
      hosts.remove(key, host);
    }
  }

  /** Closes the idle connections, and those in use now when they would become idle. */
  public void closeIdle() {
    List<PooledConnection> taken;
    lock.lock();
    try {
      idleClosed = true;
      taken = idle.all();
      taken.forEach(this::removeIdle);
    } finally {
      lock.unlock();
    }
    taken.forEach(PooledConnection::close);
  }

  /**
   * Closes all connections, stops all dials, and refuses all requests from now on.
   *
   * @param whenDone runs when the dials have ended, on any thread
   */
  public void close(Runnable whenDone) {
    List<PooledConnection> open;
    lock.lock();
    try {
      closed = true;
      open = new ArrayList<>(all);
    } finally {
      lock.unlock();
    }
    open.forEach(PooledConnection::close);
    dials.stop(new IOException("the client is closed"), whenDone);
  }

  /** {@return how many connections are open, in use or idle} */
  public int openCount() {
    lock.lock();
    try {
      return all.size();
    } finally {
      lock.unlock();
    }
  }

  /** {@return how many connections are idle} */
  public int idleCount() {
    lock.lock();
    try {
      return idle.size();
    } finally {
      lock.unlock();
    }
  }

  private static List<PooledConnection> add(List<PooledConnection> to, PooledConnection added) {
    List<PooledConnection> list = to.isEmpty() ? new ArrayList<>() : to;
    list.add(added);
    return list;
  }
}
