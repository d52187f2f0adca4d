package io.httptrace.client.pool;

import io.httptrace.ConnectionInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.client.concurrent.Pump;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.route.PoolKey;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection that the pool can keep. Only the pool uses its package-private state. */
public abstract class PooledConnection {
  private final PoolKey key;
  private final @Nullable NegotiatedTls tls;

  // Guarded by the pool's lock.
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

  /** {@return the pump that a waiting caller can drive; null if there is none} */
  public @Nullable Pump pump() {
    return null;
  }

  /** {@return whether no thread reads from it, so that a close by the server is not noticed} */
  public boolean isAlone() {
    return false;
  }

  /** Reads what the server has sent, or its close, while no thread was reading. */
  public void look() {}

  /** {@return whether a request may be sent on it, as far as is known} */
  public abstract boolean isUsable();

  /** Closes it. Does nothing if it is closed. */
  public abstract void close();

  /**
   * Sets what to do when it has been closed by either side.
   *
   * @param action runs once, at once if it is closed already
   */
  public abstract void onClosed(Runnable action);
}
