package io.httptrace.okhttp;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.KnownConnections;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import okhttp3.Connection;
import org.jspecify.annotations.Nullable;

/** Says which connection a call has got. */
final class AcquiredConnections {
  private AcquiredConnections() {}

  /**
   * {@return what {@code gotConn} is told}
   *
   * @param connections what is known of connections
   * @param connection the connection
   * @param use how it is used
   * @param reused whether another call has dialled it
   */
  static GotConnInfo info(
      KnownConnections<Connection> connections,
      Connection connection,
      KnownConnections.Use use,
      boolean reused) {
    Socket socket = connection.socket();
    ConnectionInfo info =
        ConnectionInfo.of(
            use.id(),
            orElse(socket.getLocalSocketAddress(), new InetSocketAddress(0)),
            orElse(socket.getRemoteSocketAddress(), connection.route().socketAddress()),
            TracedRoundTrip.nameOf(connection.protocol()),
            tls(connections, connection, socket),
            // Calls without a trace are not counted.
            reused ? Math.max(1, use.requestsBefore()) : 0);
    boolean idle = reused && use.users() == 0;
    return GotConnInfo.of(
        info, reused, idle, idle ? Duration.ofNanos(use.idleNanos()) : Duration.ZERO);
  }

  private static @Nullable TlsConnectionState tls(
      KnownConnections<Connection> connections, Connection connection, Socket socket) {
    TlsConnectionState known = connections.tls(connection);
    if (known != null || !(socket instanceof SSLSocket ssl)) {
      return known;
    }
    TlsConnectionState asked =
        OkHttpTlsStates.of(connection.handshake(), ssl, connection.protocol());
    connections.keepTls(connection, asked);
    return asked;
  }

  private static SocketAddress orElse(@Nullable SocketAddress address, SocketAddress otherwise) {
    return address == null ? otherwise : address;
  }
}
