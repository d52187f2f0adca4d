package io.httptrace.okhttp;

import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.TlsStates;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLSocket;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** What a handshake has negotiated, from what OkHttp says of it and from its socket. */
final class OkHttpTlsStates {
  private OkHttpTlsStates() {}

  /**
   * {@return the state}
   *
   * @param handshake what OkHttp says; null if it does not
   * @param socket what the call's socket says; null if the call has got none
   * @param protocol the protocol that OkHttp will speak; null if it did not get that far
   */
  static TlsConnectionState of(
      @Nullable Handshake handshake,
      @Nullable TlsConnectionState socket,
      @Nullable Protocol protocol) {
    String version = handshake == null ? "" : handshake.tlsVersion().javaName();
    String cipher = handshake == null ? "" : handshake.cipherSuite().javaName();
    List<Certificate> peer = handshake == null ? List.of() : handshake.peerCertificates();
    // OkHttp does without the socket's word.
    String alpn = protocol == Protocol.HTTP_2 ? protocol.toString() : "";
    if (socket == null) {
      return TlsConnectionState.of(version, cipher, alpn, false, "", peer);
    }
    // A socket of another provider, or one that wraps it, need not know all of it.
    return TlsConnectionState.of(
        version.isEmpty() ? socket.version() : version,
        cipher.isEmpty() ? socket.cipherSuite() : cipher,
        alpn.isEmpty() ? socket.applicationProtocol() : alpn,
        socket.resumed(),
        socket.serverName(),
        socket.peerCertificates().isEmpty() ? peer : socket.peerCertificates());
  }

  /** {@return the state of a connection that was made before} */
  static TlsConnectionState of(@Nullable Handshake handshake, SSLSocket socket, Protocol protocol) {
    return of(handshake, TlsStates.of(socket), protocol);
  }
}
