package io.httptrace.jdk;

import io.httptrace.TlsConnectionState;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a handshake has negotiated. */
final class JdkTlsStates {
  /** Marks a session that has been seen before: a handshake that meets it again has resumed it. */
  private static final String SEEN = "io.httptrace.jdk.seen";

  private JdkTlsStates() {}

  static @Nullable TlsConnectionState of(@Nullable SSLEngine engine) {
    if (engine == null) {
      return null;
    }
    SSLSession session = engine.getSession();
    String alpn = engine.getApplicationProtocol();
    return TlsConnectionState.of(
        session.getProtocol(),
        session.getCipherSuite(),
        alpn == null ? "" : alpn,
        isSeen(session),
        serverName(engine),
        certificates(session));
  }

  private static boolean isSeen(SSLSession session) {
    if (session.getValue(SEEN) != null) {
      return true;
    }
    session.putValue(SEEN, true);
    return false;
  }

  private static String serverName(SSLEngine engine) {
    List<SNIServerName> names = engine.getSSLParameters().getServerNames();
    if (names != null) {
      for (SNIServerName name : names) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return "";
  }

  private static List<Certificate> certificates(SSLSession session) {
    try {
      return List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }
}
