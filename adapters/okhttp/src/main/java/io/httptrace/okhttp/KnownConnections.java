package io.httptrace.okhttp;

import io.httptrace.TlsConnectionState;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connections that traced calls have used. A connection that is closed when a
 * call gives it back is forgotten at once, and one that the pool closes when it is collected.
 */
final class KnownConnections {
  private final AtomicLong ids = new AtomicLong();

  // Guarded by this. The keys are compared by identity: OkHttp's connections define no equality.
  private final Map<Connection, Facts> facts = new WeakHashMap<>();

  /** What is known of a connection. Guarded by {@link KnownConnections}. */
  private static final class Facts {
    final long id;
    long requests;
    int users;
    long idleSince;
    @Nullable TlsConnectionState tls;

    Facts(long id) {
      this.id = id;
    }
  }

  /**
   * A connection as a call got it.
   *
   * @param id its id
   * @param requestsBefore how many traced requests have used it before
   * @param users how many traced calls use it at the moment
   * @param idleNanos how long ago the last of them gave it back; 0 if that is not known
   */
  record Use(long id, long requestsBefore, int users, long idleNanos) {}

  /** {@return an id for a connection that is to be dialled} */
  long newId() {
    return ids.incrementAndGet();
  }

  /**
   * Counts a call that has got a connection.
   *
   * @param dialId the id it has been dialled with, if this is the call that dialled it, or 0
   * @param now the time
   */
  synchronized Use acquire(Connection connection, long dialId, long now) {
    Facts known = facts.computeIfAbsent(connection, c -> new Facts(dialId == 0 ? newId() : dialId));
    long idle = known.users > 0 || known.idleSince == 0 ? 0 : Math.max(0, now - known.idleSince);
    Use use = new Use(known.id, known.requests, known.users, idle);
    known.users++;
    known.requests++;
    return use;
  }

  /** {@return the id and the count of a connection that a call keeps for its next request} */
  synchronized Use keep(Connection connection) {
    Facts known = facts.computeIfAbsent(connection, c -> new Facts(newId()));
    return new Use(known.id, known.requests++, known.users, 0);
  }

  /**
   * Counts a call that has given a connection back.
   *
   * @param closed whether it is of no use any more
   * @param now the time
   */
  synchronized void release(Connection connection, boolean closed, long now) {
    Facts known = facts.get(connection);
    if (known == null) {
      return;
    }
    known.users--;
    known.idleSince = now;
    if (closed && known.users <= 0) {
      facts.remove(connection);
    }
  }

  /** {@return what has been kept of a connection's TLS; null if nothing has} */
  synchronized @Nullable TlsConnectionState tls(Connection connection) {
    Facts known = facts.get(connection);
    return known == null ? null : known.tls;
  }

  /** Keeps what a connection's TLS has negotiated. */
  synchronized void keepTls(Connection connection, TlsConnectionState tls) {
    Facts known = facts.get(connection);
    if (known != null) {
      known.tls = tls;
    }
  }

  /** {@return whether a traced call has got it} */
  synchronized boolean knows(Connection connection) {
    return facts.containsKey(connection);
  }

  /** {@return how many are known} */
  synchronized int size() {
    return facts.size();
  }
}
