package io.httptrace.apache;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.KnownConnections;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections of one client that traced calls have used. */
final class ApacheConnections {
  private final KnownConnections<Object> known = new KnownConnections<>();

  /** How a round trip got its connection. */
  enum From {
    /** It was dialled for it. */
    DIAL,
    /** It was idle in the pool, unless others use it too. */
    POOL,
    /** Another call gave it back when this one was waiting. */
    OTHER_CALL,
    /** The call had it already. */
    ROUND_TRIP_BEFORE
  }

  /**
   * The addresses of a connection.
   *
   * @param local on this side; null if it is closed
   * @param remote on the other side; null if it is closed
   */
  record Ends(@Nullable SocketAddress local, @Nullable SocketAddress remote) {}

  /** {@return an id for a connection that is to be dialled} */
  long newId() {
    return known.newId();
  }

  /** {@return how many are known} */
  int size() {
    return known.size();
  }

  /**
   * Counts a round trip that has got a connection.
   *
   * @param connection the object that is the same for all who use the connection
   * @param ends its addresses
   * @param protocol what is spoken on it
   * @param from where it comes from
   * @param dialId the id it was dialled with; 0 if another round trip has dialled it
   * @param tls what TLS has negotiated with the target, asked for if that is not known yet; null if
   *     there is no TLS
   * @param at the time
   * @return what {@code gotConn} is told
   */
  GotConnInfo acquire(
      Object connection,
      Ends ends,
      String protocol,
      From from,
      long dialId,
      @Nullable Supplier<? extends @Nullable TlsConnectionState> tls,
      long at) {
    KnownConnections.Use use =
        from == From.ROUND_TRIP_BEFORE
            ? known.keep(connection)
            : known.acquire(connection, dialId, at);
    boolean reused = from != From.DIAL;
    ConnectionInfo info =
        ConnectionInfo.of(
            use.id(),
            orElse(ends.local()),
            orElse(ends.remote()),
            protocol,
            tls == null ? null : tls(connection, tls),
            // Calls without a trace are not counted.
            reused ? Math.max(1, use.requestsBefore()) : 0);
    boolean idle = from == From.POOL && use.users() == 0;
    return GotConnInfo.of(
        info, reused, idle, idle ? Duration.ofNanos(use.idleNanos()) : Duration.ZERO);
  }

  private @Nullable TlsConnectionState tls(
      Object connection, Supplier<? extends @Nullable TlsConnectionState> asked) {
    TlsConnectionState state = known.tls(connection);
    if (state == null) {
      state = asked.get();
      if (state != null) {
        known.keepTls(connection, state);
      }
    }
    return state;
  }

  /**
   * Counts a call that gives a connection back.
   *
   * @param closed whether it is of no use any more
   */
  void release(Object connection, boolean closed) {
    known.release(connection, closed, System.nanoTime());
  }

  private static SocketAddress orElse(@Nullable SocketAddress address) {
    return address == null ? new InetSocketAddress(0) : address;
  }
}
