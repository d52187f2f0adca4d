package io.httptrace.jetty;

import io.httptrace.adapter.TlsStates;
import org.eclipse.jetty.client.Socks4Proxy;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears of all handshakes of a client, with TLS servers and SOCKS proxies: a bean of the client
 * that is a listener listens to all its connections.
 */
final class JettyTlsEvents implements Connection.Listener, SslHandshakeListener {
  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection) {
      JettyDial dial = JettyDialEndPoint.dialOf(connection);
      if (dial != null) {
        dial.handshakeStart();
      }
    } else if (isSocks(connection)) {
      JettyDial dial = JettyDialEndPoint.dialOf(connection);
      if (dial != null) {
        dial.tunnelStart();
      }
    }
  }

  /** {@return whether a connection speaks with a SOCKS proxy} Jetty's class is not public. */
  static boolean isSocks(@Nullable Connection connection) {
    Class<?> outer = connection == null ? null : connection.getClass().getNestHost();
    return outer == Socks5Proxy.class || outer == Socks4Proxy.class;
  }

  @Override
  public void onClosed(Connection connection) {}

  @Override
  public void handshakeSucceeded(Event event) {
    JettyDial dial = dialOf(event);
    if (dial != null) {
      dial.handshakeDone(TlsStates.of(event.getSSLEngine()), null);
    }
  }

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    JettyDial dial = dialOf(event);
    if (dial != null) {
      dial.handshakeDone(null, failure);
    }
  }

  private static @Nullable JettyDial dialOf(Event event) {
    EndPoint end = event.getEndPoint();
    return end instanceof SslConnection.SslEndPoint tls
        ? JettyDialEndPoint.dialOf(tls.getSslConnection())
        : null;
  }
}
