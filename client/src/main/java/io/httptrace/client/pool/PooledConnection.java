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

/** A connection the pool can keep. What it knows of its place in the pool is the pool's alone. */
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
   * @param key what it can be used for
   * @param tls what TLS negotiated with its target, or null if it is plain
   */
  protected PooledConnection(PoolKey key, @Nullable NegotiatedTls tls) {
    this.key = key;
    this.tls = tls;
  }

  /** {@return what it can be used for} */
  public final PoolKey key() {
    return key;
  }

  /** {@return the id that no other connection of the client has} */
  public abstract long id();

  /** {@return what hooks are told of it, as it is now} */
  public abstract ConnectionInfo info();

  /** {@return what hooks are told of its TLS, or null if it is plain} */
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

  /** {@return what it speaks now} It may be upgraded while its first exchange is under way. */
  public abstract Protocol protocol();

  /** {@return the bytes of one exchange} Called once for each request that gets the connection. */
  public abstract ExchangeCodec codec();

  /** {@return what the next request adds to its head to ask for another protocol} Or nothing. */
  public List<RequestHead.Field> upgradeFields() {
    return List.of();
  }

  /**
   * {@return whether it can serve several requests at the same time} It may come to do so; then the
   * action of {@link #onRoom} runs.
   */
  public boolean shared() {
    return false;
  }

  /** {@return how many requests it can serve at the same time, as far as is known now} */
  public int capacity() {
    return 1;
  }

  /**
   * {@return whether it has gone silent, and has yet to show that it is alive} Its {@link
   * #capacity} is 0 until then.
   */
  public boolean silent() {
    return false;
  }

  /**
   * Sets what to do when it has come to be shared, or to have room for more requests than before.
   *
   * @param action may run several times, on any thread
   */
  public void onRoom(Runnable action) {}

  /** {@return whether another request may have it} */
  final boolean hasRoom() {
    return !retired && leases < capacity() && isUsable();
  }

  /**
   * {@return what a caller who waits for an exchange on it can drive meanwhile; null for nothing}
   */
  public @Nullable Pump pump() {
    return null;
  }

  /** {@return whether nobody would notice now if the server closed it} */
  public boolean isAlone() {
    return false;
  }

  /** Takes note of what the server has said, or that it has closed, while nobody listened. */
  public void look() {}

  /** {@return whether a request may be sent on it, as far as one can know} */
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
