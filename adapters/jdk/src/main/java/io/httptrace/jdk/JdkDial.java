package io.httptrace.jdk;

import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How a round trip gets its connection. All methods are called by {@link SerialHooks}. */
final class JdkDial {
  private static final String NETWORK = "tcp";

  private final Hooks hooks;
  private @Nullable SocketAddress connecting;
  private @Nullable SocketAddress tunnelling;
  private boolean handshaking;
  private boolean gotConn;
  private long connection;

  JdkDial(Hooks hooks) {
    this.hooks = hooks;
  }

  boolean gotConn() {
    return gotConn;
  }

  long connection() {
    return connection;
  }

  /** The lookup is over, and a new connection is needed: only now is it known that it counts. */
  void lookedUp(String host, long start, long end, InetSocketAddress found) {
    if (start == 0 || Hosts.isLiteral(host)) {
      return;
    }
    hooks.call(Hook.DNS_START, start, connection, trace -> trace.dnsStart(DnsStartInfo.of(host)));
    DnsDoneInfo done =
        found.isUnresolved()
            ? DnsDoneInfo.of(List.of(), new UnknownHostException(host), false, null)
            : DnsDoneInfo.of(List.of(found.getAddress()), null, false, null);
    hooks.call(Hook.DNS_DONE, end, connection, trace -> trace.dnsDone(done));
  }

  /** A connection will be made; events of it follow. */
  void begin(Connection to) {
    connection = to.id();
  }

  void connectStart(long at, SocketAddress address) {
    connecting = address;
    hooks.call(Hook.CONNECT_START, at, connection, trace -> trace.connectStart(NETWORK, address));
  }

  void connectDone(long at, @Nullable Throwable error) {
    SocketAddress address = connecting;
    if (address != null) {
      connecting = null;
      Throwable cause = error == null ? null : Errors.of(error);
      hooks.call(
          Hook.CONNECT_DONE, at, connection, trace -> trace.connectDone(NETWORK, address, cause));
    }
  }

  void proxyConnectStart(long at, SocketAddress proxy) {
    tunnelling = proxy;
    hooks.call(Hook.PROXY_CONNECT_START, at, connection, trace -> trace.proxyConnectStart(proxy));
  }

  void proxyConnectDone(long at, int status, @Nullable Throwable error) {
    if (tunnelling != null) {
      tunnelling = null;
      Throwable cause = error == null ? null : Errors.of(error);
      hooks.call(
          Hook.PROXY_CONNECT_DONE, at, connection, trace -> trace.proxyConnectDone(status, cause));
    }
  }

  void tlsHandshakeStart(long at) {
    handshaking = true;
    hooks.call(Hook.TLS_HANDSHAKE_START, at, connection, trace -> trace.tlsHandshakeStart());
  }

  void tlsHandshakeDone(long at, @Nullable TlsConnectionState state, @Nullable Throwable error) {
    if (handshaking) {
      handshaking = false;
      Throwable cause = error == null ? null : Errors.of(error);
      hooks.call(
          Hook.TLS_HANDSHAKE_DONE, at, connection, trace -> trace.tlsHandshakeDone(state, cause));
    }
  }

  void gotNew(long at, Connection of, String protocol) {
    got(at, of, false, -1, protocol);
  }

  /**
   * A connection is used again.
   *
   * @param idleNanos how long it was idle, 0 if that is not known; -1 if it was not
   */
  void gotReused(long at, Connection of, long idleNanos, String protocol) {
    got(at, of, true, idleNanos, protocol);
  }

  private void got(long at, Connection of, boolean reused, long idleNanos, String protocol) {
    if (gotConn) {
      return;
    }
    gotConn = true;
    connection = of.id();
    boolean wasIdle = idleNanos >= 0;
    Duration idle = Duration.ofNanos(Math.max(0, idleNanos));
    GotConnInfo info = GotConnInfo.of(of.use(reused, protocol), reused, wasIdle, idle);
    hooks.call(Hook.GOT_CONN, at, connection, trace -> trace.gotConn(info));
  }

  /** The round trip has ended: what has begun gets its end. */
  void close(long at, @Nullable Throwable error) {
    Throwable cause =
        error == null ? new CompletionException("the request has ended", null) : error;
    connectDone(at, cause);
    proxyConnectDone(at, -1, cause);
    tlsHandshakeDone(at, null, cause);
  }
}
