package io.httptrace.okhttp;

import io.httptrace.TlsConnectionState;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** What a handshake has negotiated, from what OkHttp says of it and from its socket. */
final class OkHttpTlsStates {
  /** Marks a session that has been seen before: a handshake that meets it again has resumed it. */
  private static final String SEEN = "io.httptrace.okhttp.seen";

  private OkHttpTlsStates() {}

  /**
   * {@return the state}
   *
   * @param handshake what OkHttp says
   * @param socket the socket, if the call has got it: it knows the rest
   * @param protocol the protocol that OkHttp will speak; null if it did not get that far
   * @param startMillis when the handshake began
   */
  static TlsConnectionState of(
      @Nullable Handshake handshake,
      @Nullable SSLSocket socket,
      @Nullable Protocol protocol,
      long startMillis) {
    String version = handshake == null ? "" : handshake.tlsVersion().javaName();
    String cipher = handshake == null ? "" : handshake.cipherSuite().javaName();
    String spoken = protocol == Protocol.HTTP_2 ? protocol.toString() : "";
    if (socket != null) {
      try {
        SSLSession session = socket.getSession();
        return TlsConnectionState.of(
            version,
            cipher,
            alpn(socket, spoken),
            isSeen(session, startMillis),
            serverName(socket),
            peer(session));
      } catch (RuntimeException incomplete) {
        // A socket of another provider, or one that wraps it, need not have all of this.
      }
    }
    return TlsConnectionState.of(version, cipher, spoken, false, "", peer(handshake));
  }

  /** {@return the state of a connection that was made before} */
  static TlsConnectionState of(@Nullable Handshake handshake, SSLSocket socket, Protocol protocol) {
    return of(handshake, socket, protocol, Long.MIN_VALUE);
  }

  /** {@return the protocol that was negotiated} OkHttp does without the socket's word, too. */
  private static String alpn(SSLSocket socket, String spoken) {
    try {
      String alpn = socket.getApplicationProtocol();
      return alpn == null ? "" : alpn;
    } catch (UnsupportedOperationException unknown) {
      return spoken;
    }
  }

  private static boolean isSeen(SSLSession session, long startMillis) {
    if (startMillis == Long.MIN_VALUE) {
      return false;
    }
    boolean seen = session.getValue(SEEN) != null || session.getCreationTime() < startMillis;
    session.putValue(SEEN, SEEN);
    return seen;
  }

  private static String serverName(SSLSocket socket) {
    List<SNIServerName> names = socket.getSSLParameters().getServerNames();
    return names != null && !names.isEmpty() && names.get(0) instanceof SNIHostName name
        ? name.getAsciiName()
        : "";
  }

  private static List<Certificate> peer(@Nullable Handshake handshake) {
    return handshake == null ? List.of() : handshake.peerCertificates();
  }

  private static List<Certificate> peer(SSLSession session) {
    try {
      return List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }
}
