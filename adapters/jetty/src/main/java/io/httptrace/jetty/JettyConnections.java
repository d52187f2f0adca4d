package io.httptrace.jetty;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.KnownConnections;
import io.httptrace.adapter.TlsStates;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** What is said of connections, and of what comes on them. */
final class JettyConnections {
  private JettyConnections() {}

  /**
   * A connection that a round trip has got.
   *
   * @param id its id
   * @param info what {@code gotConn} is told
   */
  record Got(long id, GotConnInfo info) {}

  /**
   * Notes that a round trip has got a connection.
   *
   * @param known what is known of connections
   * @param connection the connection
   * @param own the dial that has made it for this round trip; null if it was made for another one
   * @param version the version it speaks
   * @param at when
   */
  static Got got(
      KnownConnections<Connection> known,
      Connection connection,
      @Nullable JettyDial own,
      HttpVersion version,
      long at) {
    JettyDial maker = own;
    if (maker == null && !known.knows(connection)) {
      maker = JettyDialEndPoint.dialOf(connection); // for another one, but this has waited longer
    }
    KnownConnections.Use use = known.acquire(connection, maker == null ? 0 : maker.id(), at);
    TlsConnectionState dialled = maker == null ? null : maker.tls();
    if (dialled != null) {
      known.keepTls(connection, dialled);
    }
    // A dial is for one round trip, but that may repeat its request on another connection.
    boolean reused = maker == null || use.requestsBefore() > 0;
    ConnectionInfo info =
        ConnectionInfo.of(
            use.id(),
            orAny(connection.getLocalSocketAddress()),
            orAny(connection.getRemoteSocketAddress()),
            protocol(version),
            tls(known, connection, version),
            // Requests without a trace are not counted.
            reused ? Math.max(1, use.requestsBefore()) : 0);
    boolean idle = reused && use.idleNanos() > 0;
    Duration idleTime = idle ? Duration.ofNanos(use.idleNanos()) : Duration.ZERO;
    return new Got(use.id(), GotConnInfo.of(info, reused, idle, idleTime));
  }

  private static @Nullable TlsConnectionState tls(
      KnownConnections<Connection> known, Connection connection, HttpVersion version) {
    TlsConnectionState kept = known.tls(connection);
    if (kept != null) {
      return kept;
    }
    EndPoint.SslSessionData data = connection.getSslSessionData();
    SSLSession session = data == null ? null : data.sslSession();
    if (session == null) {
      return null;
    }
    TlsConnectionState asked = TlsStates.of(session, isHttp2(version) ? "h2" : "", "");
    known.keepTls(connection, asked);
    return asked;
  }

  private static SocketAddress orAny(@Nullable SocketAddress address) {
    return address == null ? new InetSocketAddress(0) : address;
  }

  static boolean isHttp2(HttpVersion version) {
    return version == HttpVersion.HTTP_2;
  }

  /** {@return the name of a version} */
  static String protocol(HttpVersion version) {
    return isHttp2(version) ? "HTTP/2" : version.asString();
  }

  /** {@return what {@code gotResponse} is told} */
  static GotResponseInfo gotResponse(Response response) {
    return GotResponseInfo.collecting(
        response.getStatus(), protocol(response.getVersion()), () -> fields(response));
  }

  /** {@return the fields of a response, by their names in lower case} */
  static Map<String, List<String>> fields(Response response) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (HttpField field : response.getHeaders()) {
      fields
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
          .add(field.getValue());
    }
    fields.replaceAll((name, values) -> Collections.unmodifiableList(values));
    return Collections.unmodifiableMap(fields);
  }
}
