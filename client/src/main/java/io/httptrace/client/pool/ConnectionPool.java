package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import io.httptrace.IdleConnectionException;
import io.httptrace.IdleConnectionException.Reason;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.StateLock;
import io.httptrace.client.hooks.ConnectionEvents;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.pool.AcquireResult.Verdict;
import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.PoolSnapshot;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * The rules, which are Go's:
 *
 * - A request takes a connection that serves several at once and has room, or else the connection
 *   that became idle last.
 * - If there is none it waits for one, and dials one at the same time. It gets the first one that
 *   is ready. A later dial is not wasted: its connection serves the next request that waits, or
 *   becomes idle. Only a shared connection is closed if others have room for all that wait.
 * - If the target has spoken HTTP/2 before, a request waits for a dial that is under way, without a
 *   dial of its own, if that one will have room for it. If it then has no room, the request dials.
 * - With a limit for a host, a request that may not dial waits for a connection that becomes free,
 *   or dials when one is closed and it is its turn. Both queues are first come, first served.
 * - A connection that becomes free goes to the first request that waits; or else it becomes idle,
 *   unless the host has too many. If all hosts together have too many, the oldest one is closed.
 * - Closing the idle connections also closes those in use when they would become idle, unless a
 *   request begins before; but not shared ones.
 *
 * All state is in `state`, guarded by one lock. Code that holds it never calls a hook, writes to a
 * connection or blocks: listeners are told and connections closed after it is released.
 */
/** The pool of connections. */
public final class ConnectionPool {
  private final Dials dials;
  private final Clock clock;
  private final PoolObserver observer;

  private final StateLock lock = new StateLock();

  // Guarded by lock.
  private final PoolState state;
  private final IdleReaper reaper;

  /**
   * Makes a pool.
   *
   * @param limits its limits
   * @param dialer makes its connections
   * @param clock measures how long a connection has been idle
   * @param events is told of its connections, or null
   */
  public ConnectionPool(
      PoolLimits limits, Dialer dialer, Clock clock, @Nullable ConnectionEvents events) {
    this.dials = new Dials(dialer);
    this.clock = clock;
    this.observer = new PoolObserver(events, clock);
    this.state = new PoolState(this, limits);
    this.reaper = new IdleReaper(limits, clock, lock, state, observer);
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gets a connection for a request, at once from the pool or later, and passes it to the request's
   * listener.
   *
   * @param request the request
   */
  public void acquire(ConnectionRequest request) {
    AcquireResult result = admit(request, false);
    while (result.verdict() == Verdict.MUST_WAIT && !result.stale().isEmpty()) {
      discard(result.stale());
      result = admit(request, false);
    }
    ConnWaitReason wait = result.reason();
    if (wait != null) {
      request.trace().connWaitStart(request.trace().now(), wait);
      if (!request.wanted()) {
        return;
      }
      observer.waits(request, wait);
      result = admit(request, true);
    }
    discard(result.stale());
    if (result.verdict() == Verdict.GRANTED) {
      request.tellGranted();
    } else if (result.verdict() == Verdict.MAY_DIAL) {
      dial(request);
    } else if (result.verdict() == Verdict.REFUSED) {
      request.fail(PlainErrors.clientClosed());
    }
  }

  private AcquireResult admit(ConnectionRequest request, boolean announced) {
    AcquireResult result = admitNow(request, announced);
    PoolEntry unchecked = result.unchecked();
    while (unchecked != null) {
      discard(result.stale());
      unchecked.connection().pollNow();
      result = admitNow(request, announced);
      unchecked = result.unchecked();
    }
    return result;
  }

  private AcquireResult admitNow(ConnectionRequest request, boolean announced) {
    lock.lock();
    try {
      return state.admit(request, announced, clock.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  // ---- Dials ----

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
            locked(() -> state.dialFailed(request));
            dialNext(request.key());
            request.fail(error);
          }
        });
  }

  private void dialled(ConnectionRequest request, PooledConnection connection) {
    PoolEntry entry = new PoolEntry(connection, clock.nanoTime());
    observer.opened(entry);
    DialFate fate = locked(() -> state.dialled(request, entry));
    connection.onClosed(() -> closed(entry));
    connection.onRoom(() -> roomGrew(entry));
    switch (fate) {
      case REFUSED -> {
        discard(entry, ConnectionCloseReason.CLIENT_CLOSED);
        request.fail(PlainErrors.clientClosed());
        return;
      }
      case TAKEN -> request.tellGranted();
      case SPARE -> {
        if (!entry.shared()) {
          release(entry);
        }
      }
      case SURPLUS -> discard(entry, ConnectionCloseReason.NOT_NEEDED);
    }
    if (entry.shared()) {
      serve(entry, false);
    }
    dialNext(entry.key());
  }

  /** Lets requests dial that have waited in vain for another dial, or for their turn. */
  private void dialNext(PoolKey key) {
    ConnectionRequest next;
    do {
      next = locked(() -> state.nextToDial(key));
      if (next != null) {
        dial(next);
      }
    } while (next != null);
  }

  // ---- Connections that come back ----

  /**
   * Decides what happens to a connection when its request releases it, and keeps a place for it:
   * see {@link Lease#reserve}.
   */
  @Nullable IdleConnectionException reserve(PoolEntry entry) {
    Reason refused = locked(() -> state.reserve(entry));
    return refused == null ? null : new IdleConnectionException(refused);
  }

  /**
   * Takes back a connection from a request: it goes to a request that waits, or becomes idle, or
   * stays with other requests that share it. Otherwise it is closed.
   */
  void release(PoolEntry entry) {
    if (entry.shared()) {
      serve(entry, true);
      return;
    }
    PoolEntry surplus = null;
    ConnectionRequest next = null;
    lock.lock();
    try {
      state.endReservation(entry);
      if (!state.takesBack(entry)) {
        surplus = entry;
      } else {
        next = state.settleWaiter(Lease.handedOver(this, entry));
        if (next == null) {
          surplus = state.whyNotIdle(entry) == null ? putIdle(entry) : entry;
        }
      }
    } finally {
      lock.unlock();
    }
    if (surplus != null) {
      discard(surplus, ConnectionCloseReason.TOO_MANY_IDLE);
    }
    if (next != null) {
      next.tellGranted();
    }
  }

  /**
   * Takes back a connection that no other request may get. It is closed when the last request that
   * shares it has finished.
   */
  void retire(PoolEntry entry) {
    boolean last =
        locked(
            () -> {
              state.retire(entry);
              return state.leave(entry);
            });
    if (last || !entry.shared()) {
      discard(entry, ConnectionCloseReason.NOT_REUSABLE);
    }
  }

  private void roomGrew(PoolEntry entry) {
    locked(() -> state.roomGrew(entry));
    serve(entry, false);
  }

  /**
   * Gives a shared connection to the requests that wait, as far as it has room; if none waits it
   * becomes idle.
   *
   * @param left whether a request has left it
   */
  private void serve(PoolEntry entry, boolean left) {
    ConnectionRequest next = settleNext(entry, left);
    while (next != null) {
      next.tellGranted();
      next = settleNext(entry, false);
    }
  }

  private @Nullable ConnectionRequest settleNext(PoolEntry entry, boolean left) {
    ConnectionRequest next = null;
    PoolEntry surplus = entry;
    ConnectionCloseReason reason = ConnectionCloseReason.NOT_REUSABLE;
    lock.lock();
    try {
      if (!left || !state.leave(entry)) {
        next = state.settleNextOn(entry, clock.nanoTime());
        surplus = state.isUnused(entry) ? putIdle(entry) : null;
        reason = ConnectionCloseReason.TOO_MANY_IDLE;
      }
    } finally {
      lock.unlock();
    }
    if (surplus != null) {
      discard(surplus, reason);
    }
    return next;
  }

  private @Nullable PoolEntry putIdle(PoolEntry entry) {
    PoolEntry surplus = state.putIdle(entry, clock.nanoTime());
    reaper.becameIdle();
    return surplus;
  }

  /**
   * Cancels a request for a connection. A connection that it got at the same moment is not lost:
   * its listener has been told, or will be.
   *
   * @param request the request
   * @param reason why
   * @return false if the request's listener has been told, or will be
   */
  public boolean cancel(ConnectionRequest request, Throwable reason) {
    boolean cancelled = request.cancel(reason);
    locked(() -> state.forgetWaiter(request));
    return cancelled;
  }

  // ---- The end of connections ----

  /**
   * Closes a connection that a request has finished with.
   *
   * @param entry the connection
   * @param reason why, if nobody has said so yet
   */
  void discard(PoolEntry entry, ConnectionCloseReason reason) {
    observer.close(entry, reason);
    forget(entry);
  }

  private void discard(List<PoolEntry> stale) {
    if (!stale.isEmpty()) {
      stale.forEach(entry -> discard(entry, ConnectionCloseReason.PEER_CLOSED));
    }
  }

  /**
   * A connection has been closed. One that is in use keeps its place until its request has finished
   * with the bytes that it read.
   */
  private void closed(PoolEntry entry) {
    int leases = locked(() -> entry.leases);
    entry.hasClosed();
    observer.closed(entry, leases);
    if (leases == 0) {
      forget(entry);
    }
  }

  private void forget(PoolEntry entry) {
    if (locked(() -> state.forget(entry))) {
      dialNext(entry.key());
    }
  }

  /** Closes the idle connections, and those in use now when they would become idle. */
  public void closeIdle() {
    List<PoolEntry> taken =
        locked(
            () -> {
              state.idleClosed = true;
              return state.takeAllIdle();
            });
    taken.forEach(entry -> observer.close(entry, ConnectionCloseReason.IDLE_CLOSED));
  }

  /**
   * Closes all connections, stops all dials, and refuses all requests from now on.
   *
   * @param whenDone runs when the dials have ended, on any thread
   */
  public void close(Runnable whenDone) {
    List<PoolEntry> open =
        locked(
            () -> {
              state.closed = true;
              return state.open();
            });
    open.forEach(entry -> observer.close(entry, ConnectionCloseReason.CLIENT_CLOSED));
    dials.stop(PlainErrors.clientClosed(), whenDone);
  }

  /** {@return the connections that are open, in use or idle} */
  List<PoolEntry> open() {
    return locked(state::open);
  }

  /** {@return how many connections are open, in use or idle} */
  public int openCount() {
    return open().size();
  }

  /** {@return what there is now} */
  public PoolSnapshot snapshot() {
    long now = clock.nanoTime();
    return locked(() -> state.snapshot(now));
  }

  /** {@return how many connections are idle} */
  public int idleCount() {
    return locked(() -> state.idle.size());
  }
}
