package io.httptrace.client.pool;

import io.httptrace.GotConnInfo;
import io.httptrace.IdleConnectionException;
import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.connections.ConnectionCloseReason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection, as long as one request has it: where it came from, and what happens to it
 * afterwards.
 *
 * <p>It is released once, on any thread; later calls do nothing.
 */
public final class Lease {

  /** What happens to a connection when its request releases it. */
  public enum Fate {
    /** The exchange is complete or has not begun: the pool keeps it if it can, or closes it. */
    REUSE,
    /** No other request gets it. If others share it, it is closed after the last one. */
    CLOSE,
    /**
     * The server has switched to another protocol (101): it stays open, and in the pool's counts,
     * until it is {@linkplain Lease#close() closed}.
     */
    SWITCHED,
    /** The exchange has been abandoned: the connection is kept only if it is shared. */
    ABANDONED
  }

  private final ConnectionPool pool;
  private final PoolEntry entry;
  private final boolean reused;
  private final boolean wasIdle;
  private final long idleNanos;
  private final AtomicBoolean released = new AtomicBoolean();

  private Lease(
      ConnectionPool pool, PoolEntry entry, boolean reused, boolean wasIdle, long idleNanos) {
    this.pool = pool;
    this.entry = entry;
    this.reused = reused;
    this.wasIdle = wasIdle;
    this.idleNanos = idleNanos;
  }

  /** {@return the lease of a connection that has been dialled for the request} */
  static Lease dialled(ConnectionPool pool, PoolEntry entry) {
    return new Lease(pool, entry, false, false, 0);
  }

  /** {@return the lease of a connection that another request has just released} */
  static Lease handedOver(ConnectionPool pool, PoolEntry entry) {
    return new Lease(pool, entry, true, false, 0);
  }

  /** {@return the lease of a connection that others may have at the same time} */
  static Lease shared(ConnectionPool pool, PoolEntry entry, long now) {
    return entry.used && entry.idle
        ? idle(pool, entry, now - entry.idleSince)
        : new Lease(pool, entry, entry.used, false, 0);
  }

  /** {@return the lease of a connection that has been idle in the pool} */
  static Lease idle(ConnectionPool pool, PoolEntry entry, long nanos) {
    return new Lease(pool, entry, true, true, nanos);
  }

  PoolEntry entry() {
    return entry;
  }

  /** {@return the connection} */
  public PooledConnection connection() {
    return entry.connection();
  }

  /** {@return what a caller who waits for the response can drive; null if there is nothing} */
  public @Nullable ConnectionDriver driver() {
    return entry.driver();
  }

  /** {@return the codec of the request's exchange} Must be called once only. */
  public ExchangeCodec codec() {
    return entry.connection().codec();
  }

  /** {@return the current protocol of the connection} Its first exchange may upgrade it. */
  public Protocol protocol() {
    return entry.connection().protocol();
  }

  /** {@return whether other requests may now have the connection at the same time} */
  public boolean shared() {
    return entry.shared();
  }

  /** {@return whether the connection was not dialled for this request} */
  public boolean reused() {
    return reused;
  }

  /** {@return whether the connection was idle in the pool} */
  boolean wasIdle() {
    return wasIdle;
  }

  /** {@return for how long it was idle} */
  long idleNanos() {
    return idleNanos;
  }

  /** {@return the info about the connection for hooks} */
  public GotConnInfo info() {
    return GotConnInfo.of(entry.connection().info(), reused, wasIdle, Duration.ofNanos(idleNanos));
  }

  /**
   * Decides what will happen to the connection when it is released for {@link Fate#REUSE}, and
   * keeps a place for it until then: so a hook can report the decision before another request gets
   * the connection.
   *
   * @return null if it will be kept; otherwise why not, and then it must be released for {@link
   *     Fate#CLOSE}
   */
  public @Nullable IdleConnectionException reserve() {
    return pool.reserve(entry);
  }

  /**
   * Ends the lease, if it has not ended yet.
   *
   * @param fate what happens to the connection
   */
  public void release(Fate fate) {
    if (released.getAndSet(true)) {
      return;
    }
    switch (fate) {
      case REUSE -> pool.release(entry);
      case CLOSE -> {
        if (shared()) {
          pool.retire(entry);
        } else {
          pool.discard(entry, ConnectionCloseReason.NOT_REUSABLE);
        }
      }
      case SWITCHED -> entry.switched = true;
      case ABANDONED -> {
        if (shared()) {
          pool.release(entry);
        } else {
          pool.discard(entry, ConnectionCloseReason.REQUEST_ABANDONED);
        }
      }
    }
  }

  /** Closes a connection that was released as {@link Fate#SWITCHED}; may be called again. */
  public void close() {
    pool.discard(entry, ConnectionCloseReason.UPGRADE_ENDED);
  }
}
