package io.httptrace.client.pool;

import io.httptrace.ConnectionInfo;
import io.httptrace.client.exchange.ExchangeCodec;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection the pool can keep. What it knows of its place in the pool is the pool's alone. */
public abstract class PooledConnection {
  private final PoolKey key;

  // Guarded by the pool's lock.
  long idleSince;
  boolean idle;
  boolean inUse;
  boolean forgotten;

  /**
   * Makes a connection.
   *
   * @param key what it can be used for
   */
  protected PooledConnection(PoolKey key) {
    this.key = key;
  }

  /** {@return what it can be used for} */
  public final PoolKey key() {
    return key;
  }

  /** {@return the id that no other connection of the client has} */
  public abstract long id();

  /** {@return what hooks are told of it, as it is now} */
  public abstract ConnectionInfo info();

  /** {@return its TLS session, or null if it is plain} */
  public abstract @Nullable SSLSession sslSession();

  /** {@return its bytes} */
  public abstract ExchangeCodec codec();

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
