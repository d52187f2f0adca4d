package io.httptrace.jdk;

import io.httptrace.ConnectionInfo;
import io.httptrace.TlsConnectionState;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What is known of a connection of the JDK's client. It does not keep the connection alive. */
final class Connection {
  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final WeakReference<Object> connection;
  private final AtomicInteger requests = new AtomicInteger();

  /** Whose hooks its events are: those of the request that dials or uses it; null if it is idle. */
  volatile @Nullable JdkRoundTrip roundTrip;

  /** What has been negotiated with the target. */
  volatile @Nullable TlsConnectionState tls;

  /** Why the first attempt to connect failed; a second one on the same socket only hides it. */
  volatile @Nullable Throwable connectError;

  /** What a proxy said to CONNECT; -1 before it has. */
  volatile int tunnelStatus = -1;

  /** When the last request left it, or 0 if that was not seen. */
  private final AtomicLong idleSince = new AtomicLong();

  Connection(Object connection) {
    this.connection = new WeakReference<>(connection);
  }

  long id() {
    return id;
  }

  /** {@return the connection, or null if it is gone} */
  @Nullable Object get() {
    return connection.get();
  }

  /** {@return whether this is about a connection itself, not one that it is made of} */
  boolean isOf(Object other) {
    return connection.refersTo(other);
  }

  /** A request has left it. */
  void left(long at) {
    idleSince.set(at);
  }

  /**
   * {@return how long it was idle until a request got it, in nanoseconds; 0 if no traced request
   * has used it} The client may give a connection away before it says that the last request has
   * left.
   */
  long idleUntil(long at) {
    long since = idleSince.getAndSet(0);
    if (since != 0) {
      return Math.max(1, at - since);
    }
    return requests.get() > 0 ? 1 : 0;
  }

  /** {@return the connection as it is now, counted as used by one request more} */
  ConnectionInfo use(boolean reused, String protocol) {
    int before = requests.getAndIncrement();
    if (reused && before == 0) {
      // Requests that were not traced have used it.
      requests.incrementAndGet();
      before = 1;
    }
    Object of = connection.get();
    SocketChannel channel = of == null ? null : Jdk.channel(of);
    return ConnectionInfo.of(
        id, address(channel, true), address(channel, false), protocol, tls, before);
  }

  private static SocketAddress address(@Nullable SocketChannel channel, boolean local) {
    try {
      SocketAddress found =
          channel == null ? null : local ? channel.getLocalAddress() : channel.getRemoteAddress();
      return found == null ? new InetSocketAddress(0) : found;
    } catch (IOException closed) {
      return new InetSocketAddress(0);
    }
  }
}
