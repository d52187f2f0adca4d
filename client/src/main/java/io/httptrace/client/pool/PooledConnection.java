package io.httptrace.client.pool;

import io.httptrace.ConnectionInfo;
import io.httptrace.IdleConnectionException;
import io.httptrace.TlsConnectionState;
import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.PooledConnectionInfo;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection that the pool can keep. Only the pool uses its package-private state. */
public abstract class PooledConnection {
  private final PoolKey key;
  private final @Nullable NegotiatedTls tls;

  private final AtomicReference<@Nullable ConnectionCloseReason> closeReason =
      new AtomicReference<>();
  private final AtomicBoolean told = new AtomicBoolean();

  /** Whether it has gone on in another protocol, in which either side may end it. */
  volatile boolean switched;

  // Guarded by the pool's lock.
  private long openedAt;
  long idleSince;
  boolean idle;
  boolean used;
  boolean retired;
  boolean forgotten;
  boolean reserved;

  /** How many requests have it. Read on any thread. */
  volatile int leases;

  /**
   * Makes a connection.
   *
   * @param key the key of the requests that may use it
   * @param tls what TLS negotiated with its target, or null if it is plain
   */
  protected PooledConnection(PoolKey key, @Nullable NegotiatedTls tls) {
    this.key = key;
    this.tls = tls;
  }

  /** {@return the key of the requests that may use it} */
  public final PoolKey key() {
    return key;
  }

  /** {@return the id, unique among the connections of the client} */
  public abstract long id();

  /** {@return the info about it for hooks, as it is now} */
  public abstract ConnectionInfo info();

  /** {@return the state of its TLS for hooks, or null if it is plain} */
  protected final @Nullable TlsConnectionState tls() {
    return tls == null ? null : tls.state();
  }

  /** {@return its TLS session, also when it has been closed; null if it is plain} */
  public final @Nullable SSLSession sslSession() {
    return tls == null ? null : tls.session();
  }

  /**
   * {@return how many requests have it now} A request counts before it is told that it has the
   * connection, and until it releases it. On any thread.
   */
  protected final int leases() {
    return leases;
  }

  /** {@return its current protocol} Its first exchange may upgrade it. */
  public abstract Protocol protocol();

  /** {@return the codec of one exchange} Called once for each request that gets the connection. */
  public abstract ExchangeCodec codec();

  /** {@return the fields by which the next request asks for another protocol; may be empty} */
  public List<RequestHead.Field> upgradeFields() {
    return List.of();
  }

  /**
   * {@return whether it can serve several requests at the same time} When this becomes true, the
   * action of {@link #onRoom} runs.
   */
  public boolean shared() {
    return false;
  }

  /** {@return how many requests it can serve at the same time, as far as is known} */
  public int capacity() {
    return 1;
  }

  /**
   * {@return whether a request on it timed out and nothing has arrived since} Its {@link #capacity}
   * is 0 until something arrives.
   */
  public boolean silent() {
    return false;
  }

  /**
   * Sets what to do when it becomes shared, or has room for more requests than before.
   *
   * @param action may run several times, on any thread
   */
  public void onRoom(Runnable action) {}

  /** {@return whether another request may have it} */
  final boolean hasRoom() {
    return !retired && leases < capacity() && isUsable();
  }

  /** {@return the driver that a waiting caller can drive; null if there is none} */
  public @Nullable ConnectionDriver driver() {
    return null;
  }

  /** {@return whether no thread reads from it, so that a close by the server is not noticed} */
  public boolean isUnpolled() {
    return false;
  }

  /** Reads what the server has sent, or its close, while no thread was reading. */
  public void pollNow() {}

  /** {@return whether a request may be sent on it, as far as is known} */
  public abstract boolean isUsable();

  /**
   * {@return what has ended it: an error, an {@link EOFException} if its peer has closed it, or a
   * {@link CancellationException} if its exchange was given up; null if none has} Known before
   * anyone is told that an exchange has failed by it.
   */
  public @Nullable Throwable failure() {
    return null;
  }

  /** Takes note that it is open. A channel that is asked for its addresses keeps them. */
  final void opened(long now) {
    openedAt = now;
  }

  /** {@return what listeners are told when it is opened} */
  final PooledConnectionInfo asOpened() {
    return PooledConnectionInfo.of(PoolObserver.target(key), info(), Duration.ZERO, null, 0);
  }

  /** {@return what it is at a moment} */
  final PooledConnectionInfo snapshot(long now, @Nullable Duration idleTime, int requests) {
    Duration age = Duration.ofNanos(Math.max(0, now - openedAt));
    return PooledConnectionInfo.of(PoolObserver.target(key), info(), age, idleTime, requests);
  }

  /**
   * Says why it is closed, before it is. The first reason counts; what has ended it counts more. On
   * any thread.
   */
  final void closing(ConnectionCloseReason reason) {
    Throwable failure = failure();
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
  final void closing(IdleConnectionException.Reason refused) {
    closing(PoolObserver.closeReason(refused));
  }

  /** {@return why it was closed} */
  final ConnectionCloseReason closeReason() {
    ConnectionCloseReason reason = closeReason.get();
    return reason == null ? ConnectionCloseReason.PEER_CLOSED : reason;
  }

  /** {@return whether nobody has been told of its end until now} */
  final boolean firstTold() {
    return !told.getAndSet(true);
  }

  /** Closes it. Does nothing if it is closed. */
  public abstract void close();

  /**
   * Sets what to do when it has been closed by either side.
   *
   * @param action runs once, at once if it is closed already
   */
  public abstract void onClosed(Runnable action);
}
