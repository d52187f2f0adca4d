package io.httptrace.jdk;

import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.TlsStates;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How a round trip comes to its connection, as the JDK's client tells it: when each step happens,
 * on whatever thread. {@link JdkDial} makes hooks of it.
 */
final class ConnectionSetup {
  private static final int OK = 200;

  private final JdkRoundTrip of;
  private final JdkDial dial;
  private final SerialHooks hooks;

  private volatile @Nullable Connection connection;
  private volatile @Nullable InetSocketAddress proxy;
  private volatile @Nullable InetSocketAddress proxyAddress;
  private volatile String host = "";

  // Of the lookup; on the thread that makes it.
  private long lookupStart;
  private long lookupEnd;
  private @Nullable InetSocketAddress lookedUp;

  private volatile long handshakeStartMillis;

  // Of connects; one after the other.
  private boolean connecting;
  private int nestedConnects;

  ConnectionSetup(JdkRoundTrip of, JdkDial dial, SerialHooks hooks) {
    this.of = of;
    this.dial = dial;
    this.hooks = hooks;
  }

  /** {@return the proxy that a request goes through, or null} Called before the steps. */
  @Nullable InetSocketAddress begin(HttpRequest request) {
    InetSocketAddress through = Jdk.proxyOf(request);
    proxy = through;
    host = through == null ? String.valueOf(request.uri().getHost()) : through.getHostString();
    return through;
  }

  void lookup() {
    if (proxy == null) {
      lookupStart = System.nanoTime();
    }
  }

  void lookedUp(InetSocketAddress found) {
    if (proxy == null) {
      lookupEnd = System.nanoTime();
      lookedUp = found;
    }
  }

  /** The pool is asked, after the proxy's name has been looked up, if that is needed. */
  void poolAsked() {
    InetSocketAddress known = proxy;
    if (known != null && known.isUnresolved()) {
      lookupStart = System.nanoTime();
    }
  }

  void reuses(Connection pooled, boolean wasIdle, String protocol) {
    long now = System.nanoTime();
    long idle = pooled.idleUntil(now);
    connection = pooled;
    pooled.roundTrip = of;
    hooks.run(() -> dial.gotReused(now, pooled, wasIdle ? idle : -1, protocol));
  }

  void dials(Connection made, @Nullable InetSocketAddress address) {
    connection = made;
    proxyAddress = proxy == null ? null : address;
    made.roundTrip = of;
    InetSocketAddress known = proxy;
    if (known != null && known.isUnresolved()) {
      lookupEnd = System.nanoTime();
      lookedUp = address;
    }
    InetSocketAddress found = lookedUp;
    long start = lookupStart;
    long end = lookupEnd;
    hooks.run(
        () -> {
          dial.begin(made);
          if (found != null) {
            dial.lookedUp(host, start, end, found);
          }
        });
  }

  @Nullable Connection connection() {
    return connection;
  }

  void connects(Object plainConnection) {
    if (connecting) {
      nestedConnects++;
      return;
    }
    connecting = true;
    InetSocketAddress address = Jdk.address(plainConnection);
    if (address != null && !address.isUnresolved()) {
      long now = System.nanoTime();
      hooks.run(() -> dial.connectStart(now, address));
    }
  }

  /** {@return whether a connect that has begun is not part of another one} */
  boolean isOuterConnect() {
    if (nestedConnects > 0) {
      nestedConnects--;
      return false;
    }
    return true;
  }

  void connected(
      @Nullable Throwable error, boolean secure, boolean tunnel, @Nullable Object multi) {
    long now = System.nanoTime();
    connecting = false;
    handshakeFollows(secure);
    Connection to = connection;
    Throwable first =
        error == null || to == null || to.connectError == null
            ? error == null ? null : Errors.ofPhase(error, multi)
            : to.connectError;
    InetSocketAddress through = proxyAddress;
    hooks.run(
        () -> {
          dial.connectDone(now, first);
          if (error == null && tunnel && through != null) {
            dial.proxyConnectStart(now, through);
          } else if (error == null && secure) {
            dial.tlsHandshakeStart(now);
          }
        });
  }

  void tunnelled(@Nullable Throwable error, boolean secure, @Nullable Object multi) {
    long now = System.nanoTime();
    handshakeFollows(secure);
    Connection to = connection;
    int answer = error == null ? OK : to == null ? -1 : to.tunnelStatus;
    of.status(answer);
    hooks.run(
        () -> {
          dial.proxyConnectDone(now, answer, error == null ? null : Errors.ofPhase(error, multi));
          if (error == null && secure) {
            dial.tlsHandshakeStart(now);
          }
        });
  }

  /** Read before it begins: a session that was made before has been resumed. */
  private void handshakeFollows(boolean secure) {
    if (secure) {
      handshakeStartMillis = System.currentTimeMillis();
    }
  }

  void ready(Object made, @Nullable Throwable error) {
    long now = System.nanoTime();
    Connection to = connection;
    if (to == null) {
      return;
    }
    hooks.run(
        () -> {
          String protocol = "HTTP/1.1";
          if (Jdk.isSecure(made)) {
            TlsConnectionState state = error == null ? tlsOf(made) : null;
            to.tls = state;
            dial.tlsHandshakeDone(now, state, error);
            if (state != null && state.applicationProtocol().equals("h2")) {
              protocol = "HTTP/2";
            }
          }
          if (error == null) {
            dial.gotNew(now, to, protocol);
          }
        });
  }

  private @Nullable TlsConnectionState tlsOf(Object made) {
    SSLEngine engine = Jdk.engine(made);
    return engine == null ? null : TlsStates.of(engine, handshakeStartMillis);
  }

  /** From now on another request may get the connection. */
  void leave(long at) {
    Connection left = connection;
    if (left != null) {
      left.left(at);
    }
  }

  /** The round trip has ended: what happens to the connection is not its any more. */
  void end() {
    Connection left = connection;
    if (left != null && left.roundTrip == of) {
      left.roundTrip = null;
    }
  }
}
