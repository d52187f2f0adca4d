package io.httptrace.client.pool;

import io.httptrace.IdleConnectionException;
import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.PooledConnectionInfo;
import java.io.EOFException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A connection, and what the pool knows of it. There is one for each connection. */
final class PoolEntry {
  private final PooledConnection connection;
  private final PoolKey key;
  private final @Nullable ConnectionDriver driver;
  private final long openedAt;

  private final AtomicReference<@Nullable ConnectionCloseReason> closeReason =
      new AtomicReference<>();
  private final AtomicBoolean told = new AtomicBoolean();

  /** Whether it has gone on in another protocol, in which either side may end it. */
  volatile boolean switched;

  /**
   * How many requests have it now. A request counts before it is told that it has the connection,
   * and until it releases it. Written with the pool's lock, read on any thread.
   */
  volatile int leases;

  // Guarded by the pool's lock.
  long idleSince;
  boolean idle;
  boolean used;
  boolean retired;
  boolean forgotten;
  boolean reserved;

  /**
   * Makes the entry of a connection that has just been dialled.
   *
   * @param now the time
   */
  PoolEntry(PooledConnection connection, long now) {
    this.connection = connection;
    this.key = connection.key();
    this.driver = connection.driver(() -> leases);
    this.openedAt = now;
  }

  PooledConnection connection() {
    return connection;
  }

  PoolKey key() {
    return key;
  }

  /** {@return what a caller who waits for its answer can drive; null if there is nothing} */
  @Nullable ConnectionDriver driver() {
    return driver;
  }

  /** {@return whether it can serve several requests at the same time} */
  boolean shared() {
    return connection.shared();
  }

  /** {@return how many requests it can serve at the same time, as far as is known} */
  int capacity() {
    return connection.capacity();
  }

  /** {@return whether a request may be sent on it, as far as is known} */
  boolean isUsable() {
    return connection.isUsable();
  }

  /** {@return whether another request may have it} */
  boolean hasRoom() {
    return !retired && leases < capacity() && isUsable();
  }

  /** {@return what listeners are told when it is opened} */
  PooledConnectionInfo asOpened() {
    return PooledConnectionInfo.of(
        PoolObserver.target(key), connection.info(), Duration.ZERO, null, 0);
  }

  /** {@return what it is at a moment} */
  PooledConnectionInfo snapshot(long now, @Nullable Duration idleTime, int requests) {
    Duration age = Duration.ofNanos(Math.max(0, now - openedAt));
    return PooledConnectionInfo.of(
        PoolObserver.target(key), connection.info(), age, idleTime, requests);
  }

  /**
   * Says why it is closed, before it is. The first reason counts; what has ended it counts more. On
   * any thread.
   */
  void closing(ConnectionCloseReason reason) {
    Throwable failure = connection.failure();
    closeReason.compareAndSet(null, failure == null ? reason : reasonOf(failure));
  }

  private static ConnectionCloseReason reasonOf(Throwable failure) {
    if (failure instanceof CancellationException) {
      return ConnectionCloseReason.REQUEST_ABANDONED;
    }
    return failure instanceof EOFException
        ? ConnectionCloseReason.PEER_CLOSED
        : ConnectionCloseReason.ERROR;
  }

  /** Says why it cannot become idle, and so is closed. */
  void closing(IdleConnectionException.Reason refused) {
    closing(PoolObserver.closeReason(refused));
  }

  /** Takes note that it has been closed: by its peer, unless somebody has said why. */
  void hasClosed() {
    closing(switched ? ConnectionCloseReason.UPGRADE_ENDED : ConnectionCloseReason.PEER_CLOSED);
  }

  /** {@return why it was closed} */
  ConnectionCloseReason closeReason() {
    ConnectionCloseReason reason = closeReason.get();
    return reason == null ? ConnectionCloseReason.PEER_CLOSED : reason;
  }

  /** {@return whether nobody has been told of its end until now} */
  boolean firstTold() {
    return !told.getAndSet(true);
  }
}
