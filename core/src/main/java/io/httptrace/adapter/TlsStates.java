package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;

import io.httptrace.TlsConnectionState;
import java.security.cert.Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake has negotiated, as the JDK's types tell it. To be asked for once for each
 * handshake, after it has succeeded ({@link SSLSocket#getSession} would make one that has not
 * begun): {@link KnownConnections#keepTls} keeps it for later calls.
 *
 * <p>No method throws because an engine, a socket or a session cannot tell something, as those of
 * other providers and those that wrap another: then the text is empty, and so is the list of
 * certificates.
 *
 * <p><b>Resumption.</b> The JDK does not say whether a session was resumed. It counts as resumed if
 * it was seen before by this class, which marks each session that it sees, or if it was made before
 * the handshake began, where that is passed.
 */
public final class TlsStates {
  /** Marks a session that has been seen before: a handshake that meets it again has resumed it. */
  private static final String SEEN = "io.httptrace.adapter.seen";

  private TlsStates() {}

  /**
   * {@return the state of an engine}
   *
   * @param engine the engine
   */
  public static TlsConnectionState of(SSLEngine engine) {
    return of(engine, Long.MIN_VALUE);
  }

  /**
   * {@return the state of an engine}
   *
   * @param engine the engine
   * @param startMillis when its handshake began, by {@link System#currentTimeMillis()}
   */
  public static TlsConnectionState of(SSLEngine engine, long startMillis) {
    requireNonNull(engine, "engine");
    return state(
        orNull(engine::getSession),
        orElse(engine::getApplicationProtocol, ""),
        serverName(orNull(engine::getSSLParameters)),
        startMillis);
  }

  /**
   * {@return the state of a socket}
   *
   * @param socket the socket
   */
  public static TlsConnectionState of(SSLSocket socket) {
    return of(socket, Long.MIN_VALUE);
  }

  /**
   * {@return the state of a socket}
   *
   * @param socket the socket
   * @param startMillis when its handshake began, by {@link System#currentTimeMillis()}
   */
  public static TlsConnectionState of(SSLSocket socket, long startMillis) {
    requireNonNull(socket, "socket");
    return state(
        orNull(socket::getSession),
        orElse(socket::getApplicationProtocol, ""),
        serverName(orNull(socket::getSSLParameters)),
        startMillis);
  }

  /**
   * {@return the state of a session}
   *
   * @param session the session
   * @param alpn the protocol that ALPN has agreed on; empty if there was no agreement
   * @param serverName the server name that was sent; empty if there was none
   */
  public static TlsConnectionState of(SSLSession session, String alpn, String serverName) {
    return of(session, alpn, serverName, Long.MIN_VALUE);
  }

  /**
   * {@return the state of a session}
   *
   * @param session the session
   * @param alpn the protocol that ALPN has agreed on; empty if there was no agreement
   * @param serverName the server name that was sent; empty if there was none
   * @param startMillis when the handshake began, by {@link System#currentTimeMillis()}
   */
  public static TlsConnectionState of(
      SSLSession session, String alpn, String serverName, long startMillis) {
    requireNonNull(session, "session");
    requireNonNull(alpn, "alpn");
    requireNonNull(serverName, "serverName");
    return state(session, alpn, serverName, startMillis);
  }

  private static TlsConnectionState state(
      @Nullable SSLSession session, String alpn, String serverName, long startMillis) {
    if (session == null) {
      return TlsConnectionState.of("", "", alpn, false, serverName, List.of());
    }
    return TlsConnectionState.of(
        orElse(session::getProtocol, ""),
        orElse(session::getCipherSuite, ""),
        alpn,
        orElse(() -> isSeen(session, startMillis), false),
        serverName,
        orElse(() -> certificates(session), List.of()));
  }

  private static boolean isSeen(SSLSession session, long startMillis) {
    boolean seen = session.getValue(SEEN) != null || session.getCreationTime() < startMillis;
    session.putValue(SEEN, SEEN);
    return seen;
  }

  private static String serverName(@Nullable SSLParameters parameters) {
    List<SNIServerName> names = parameters == null ? null : parameters.getServerNames();
    return names != null && !names.isEmpty() && names.get(0) instanceof SNIHostName name
        ? name.getAsciiName()
        : "";
  }

  private static List<Certificate> certificates(SSLSession session) {
    try {
      return List.of(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private static <T> T orElse(Supplier<T> asked, T otherwise) {
    T told = orNull(asked);
    return told == null ? otherwise : told;
  }

  /** {@return what is asked for; null if asking fails} */
  private static <T> @Nullable T orNull(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (RuntimeException unknown) {
      return null;
    }
  }
}
