package io.httptrace.client.pool;

import io.httptrace.ConnectionInfo;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.route.PoolKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection that is closed by hand, and notices later if it is told to. */
final class FakeConnection implements PooledConnection {
  private final PoolKey key;
  private final long id;
  private final boolean shared;
  private int capacity;
  private Runnable onRoom = () -> {};
  private @Nullable Runnable onClosed;
  boolean closed;
  boolean noticesLater;
  boolean dead;

  /** Whether nobody polls it; a poll finds that its server has closed it. */
  boolean unpolled;

  private boolean silent;
  @Nullable Throwable failure;

  FakeConnection(PoolKey key, long id, int capacity, boolean shared) {
    this.key = key;
    this.id = id;
    this.capacity = capacity;
    this.shared = shared;
  }

  @Override
  public PoolKey key() {
    return key;
  }

  @Override
  public @Nullable SSLSession sslSession() {
    return null;
  }

  @Override
  public boolean shared() {
    return shared;
  }

  @Override
  public int capacity() {
    return silent ? 0 : capacity;
  }

  @Override
  public boolean silent() {
    return silent;
  }

  /** Nothing arrives any more. */
  void goSilent() {
    silent = true;
  }

  /** Something arrives. */
  void speak() {
    silent = false;
    onRoom.run();
  }

  @Override
  public void onRoom(Runnable action) {
    onRoom = action;
  }

  /** The peer allows so many requests from now on. */
  void allow(int now) {
    capacity = now;
    onRoom.run();
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public ConnectionInfo info() {
    SocketAddress somewhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return ConnectionInfo.of(id, somewhere, somewhere, protocol().text(), null, 0);
  }

  @Override
  public @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public Protocol protocol() {
    return shared ? Protocol.HTTP_2 : Protocol.HTTP_1_1;
  }

  @Override
  public ExchangeCodec codec() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isUsable() {
    return !closed && !dead;
  }

  @Override
  public boolean isUnpolled() {
    return unpolled;
  }

  @Override
  public void pollNow() {
    unpolled = false;
    close();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (!noticesLater) {
        notice();
      }
    }
  }

  /** The end of the connection is noticed. */
  void notice() {
    Runnable action = onClosed;
    onClosed = null;
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void onClosed(Runnable action) {
    if (closed) {
      action.run();
    } else {
      onClosed = action;
    }
  }

  @Override
  public String toString() {
    return key.host() + " #" + id;
  }
}
