package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;

import io.httptrace.TlsConnectionState;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connections that traced calls of one client have used: ids, how often they
 * have been used, since when they are idle, and what TLS has negotiated. For clients that do not
 * tell that themselves. Calls that are not traced are not counted.
 *
 * <p>Connections are compared by identity, and none is kept from being collected: one that is
 * closed when a call gives it back is forgotten at once, and one that the pool closes when it is
 * collected. Several calls may use a connection at a time.
 *
 * @param <C> the client's type of a connection: the object that is the same for all calls that use
 *     the connection
 */
public final class KnownConnections<C> {
  private final AtomicLong ids = new AtomicLong();

  // Guarded by this.
  private final WeakIdentityMap<C, Facts> facts = new WeakIdentityMap<>();

  /** Makes one that knows none. */
  public KnownConnections() {}

  /** What is known of a connection. Guarded by {@link KnownConnections}. */
  private static final class Facts {
    final long id;
    long requests;
    int users;
    boolean idle;
    long idleSince;
    @Nullable TlsConnectionState tls;

    Facts(long id) {
      this.id = id;
    }
  }

  /** A connection as a call got it. */
  public static final class Use {
    private final long id;
    private final long requestsBefore;
    private final int users;
    private final long idleNanos;

    private Use(long id, long requestsBefore, int users, long idleNanos) {
      this.id = id;
      this.requestsBefore = requestsBefore;
      this.users = users;
      this.idleNanos = idleNanos;
    }

    /** {@return the id of the connection, from 1} */
    public long id() {
      return id;
    }

    /** {@return how many traced requests have used it before} */
    public long requestsBefore() {
      return requestsBefore;
    }

    /** {@return how many other traced calls used it when this one got it} */
    public int users() {
      return users;
    }

    /**
     * {@return how long ago, in nanoseconds, the last of them gave it back} 0 if another one uses
     * it, or if none has given it back yet.
     */
    public long idleNanos() {
      return idleNanos;
    }

    @Override
    public String toString() {
      return "Use[id="
          + id
          + " requestsBefore="
          + requestsBefore
          + " users="
          + users
          + " idleNanos="
          + idleNanos
          + "]";
    }
  }

  /**
   * {@return an id for a connection that is to be dialled} It is for the stamps of the dial's
   * hooks, and for {@link #acquire} if the dial succeeds.
   */
  public long newId() {
    return ids.incrementAndGet();
  }

  /**
   * Counts a call that has got a connection. {@link #release} ends it.
   *
   * @param connection the connection
   * @param dialId the id it has been dialled with, if this is the call that dialled it, or 0: then
   *     it keeps the id that it has, or gets a new one
   * @param nanoTime the time, by {@link System#nanoTime()}
   * @return how the call has found it
   */
  public synchronized Use acquire(C connection, long dialId, long nanoTime) {
    Facts known = facts(connection, dialId);
    long idle = known.users == 0 && known.idle ? Math.max(0, nanoTime - known.idleSince) : 0;
    Use use = new Use(known.id, known.requests, known.users, idle);
    known.users++;
    known.requests++;
    known.idle = false;
    return use;
  }

  /**
   * Counts another request of a call that has got the connection already, and keeps it: for a
   * redirect, for instance.
   *
   * @param connection the connection
   * @return how the request has found it; {@code users} counts the call itself
   */
  public synchronized Use keep(C connection) {
    Facts known = facts(connection, 0);
    return new Use(known.id, known.requests++, known.users, 0);
  }

  private Facts facts(C connection, long dialId) {
    Facts known = facts.get(requireNonNull(connection, "connection"));
    if (known == null) {
      known = new Facts(dialId == 0 ? newId() : dialId);
      facts.put(connection, known);
    }
    return known;
  }

  /**
   * Counts a call that has given a connection back. Of one that is not known it takes no notice.
   *
   * @param connection the connection
   * @param closed whether it is of no use any more
   * @param nanoTime the time, by {@link System#nanoTime()}
   */
  public synchronized void release(C connection, boolean closed, long nanoTime) {
    Facts known = facts.get(requireNonNull(connection, "connection"));
    if (known == null) {
      return;
    }
    known.users = Math.max(0, known.users - 1);
    known.idle = known.users == 0;
    known.idleSince = nanoTime;
    if (closed && known.users == 0) {
      facts.remove(connection);
    }
  }

  /**
   * {@return what {@link #keepTls} has kept of a connection's TLS; null if nothing has been}
   *
   * @param connection the connection
   */
  public synchronized @Nullable TlsConnectionState tls(C connection) {
    Facts known = facts.get(requireNonNull(connection, "connection"));
    return known == null ? null : known.tls;
  }

  /**
   * Keeps what a connection's TLS has negotiated, for the calls that use it later. Of a connection
   * that no traced call has got it takes no notice.
   *
   * @param connection the connection
   * @param tls the state
   */
  public synchronized void keepTls(C connection, TlsConnectionState tls) {
    requireNonNull(tls, "tls");
    Facts known = facts.get(requireNonNull(connection, "connection"));
    if (known != null) {
      known.tls = tls;
    }
  }

  /**
   * {@return whether a traced call has got a connection}
   *
   * @param connection the connection
   */
  public synchronized boolean knows(C connection) {
    return facts.get(requireNonNull(connection, "connection")) != null;
  }

  /** {@return how many are known} For tests: in the end none should be. */
  public synchronized int size() {
    return facts.size();
  }

  /** {@return how many are known} */
  @Override
  public String toString() {
    return "KnownConnections[" + size() + "]";
  }
}
