package io.httptrace.jetty;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The end of a connection that a traced dial has made, as Jetty's own, but it knows the dial. */
final class JettyDialEndPoint extends SocketChannelEndPoint {
  private final JettyDial dial;

  JettyDialEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      JettyDial dial) {
    super(channel, selector, key, scheduler);
    this.dial = dial;
  }

  /** {@return the dial that has made a connection, through TLS or not; null if it is not known} */
  static @Nullable JettyDial dialOf(@Nullable Object connection) {
    Object made = connection;
    while (made instanceof Connection io) {
      EndPoint end = io.getEndPoint();
      if (end instanceof JettyDialEndPoint known) {
        return known.dial;
      }
      made = end instanceof SslConnection.SslEndPoint tls ? tls.getSslConnection() : null;
    }
    return null;
  }

  @Override
  public void upgrade(Connection newConnection) {
    if (JettyTlsEvents.isSocks(getConnection())) {
      dial.tunnelDone(0, null);
    }
    super.upgrade(newConnection);
  }
}
