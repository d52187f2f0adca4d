package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.TlsStates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** The making of one connection: lookup, attempts to connect, TLS. */
final class OkHttpDial {
  private final Call call;
  private final CallHooks hooks;
  private final int roundTrip;
  private final long id;
  private final @Nullable String resolver;

  // Used by the threads of the attempts, too.
  private final List<ConnectAttempt> attempts = new CopyOnWriteArrayList<>();
  private volatile boolean connected;

  // Used by the thread of the call only.
  private boolean lookingUp;
  private boolean handshaking;
  private long handshakeStart;
  private long handshakeStartMillis;
  private long handshakeEnd;
  private @Nullable Handshake handshake;
  private @Nullable Protocol protocol;
  private @Nullable TlsConnectionState tls;

  /**
   * Begins a dial.
   *
   * @param call the call
   * @param hooks its hooks
   * @param roundTrip in which round trip
   * @param id the id that the connection will have
   * @param resolver who is asked for addresses; null if it has no name
   */
  OkHttpDial(Call call, CallHooks hooks, int roundTrip, long id, @Nullable String resolver) {
    this.call = call;
    this.hooks = hooks;
    this.roundTrip = roundTrip;
    this.id = id;
    this.resolver = resolver;
  }

  long id() {
    return id;
  }

  /** {@return whether attempts that go on are stopped: one has won, or the call is cancelled} */
  boolean isStopped() {
    return connected || call.isCanceled();
  }

  // ---- The lookup

  void dnsStart(String host) {
    lookingUp = true;
    fire(Hook.DNS_START, System.nanoTime(), trace -> trace.dnsStart(DnsStartInfo.of(host)));
  }

  void dnsDone(List<InetAddress> addresses, @Nullable Throwable error) {
    lookingUp = false;
    DnsDoneInfo info = DnsDoneInfo.of(addresses, error, false, resolver);
    fire(Hook.DNS_DONE, System.nanoTime(), trace -> trace.dnsDone(info));
  }

  // ---- Connecting, on the thread of the attempt

  ConnectAttempt connectStart(InetSocketAddress route, Proxy proxy, boolean timed) {
    boolean socks = proxy.type() == Proxy.Type.SOCKS;
    InetSocketAddress peer =
        socks && proxy.address() instanceof InetSocketAddress address ? address : route;
    // OkHttp makes a socket for SOCKS itself.
    ConnectAttempt attempt = new ConnectAttempt(this, route, peer, timed && !socks);
    attempts.add(attempt);
    fire(Hook.CONNECT_START, System.nanoTime(), trace -> trace.connectStart("tcp", peer));
    if (attempt.timed()) {
      // After the hook, which may connect sockets of its own.
      attempt.makeCurrent();
    }
    return attempt;
  }

  void connectDone(long at, InetSocketAddress peer, @Nullable Throwable error) {
    if (error == null) {
      connected = true;
    }
    fire(Hook.CONNECT_DONE, at, trace -> trace.connectDone("tcp", peer, error));
  }

  // ---- TLS, on the thread of the call

  void handshakeStart() {
    long now = System.nanoTime();
    List<ConnectAttempt> silent = attempts.stream().filter(ConnectAttempt::isConnecting).toList();
    if (silent.size() == 1 && !silent.get(0).timed()) {
      silent.get(0).connected(now);
    }
    handshaking = true;
    handshakeStart = now;
    handshakeStartMillis = System.currentTimeMillis();
    fire(Hook.TLS_HANDSHAKE_START, now, ClientTrace::tlsHandshakeStart);
  }

  void handshakeEnd(@Nullable Handshake result) {
    handshakeEnd = System.nanoTime();
    handshake = result;
  }

  void ready(InetSocketAddress route, @Nullable Protocol spoken) {
    connectedWithoutTelling(route, handshaking ? handshakeStart : System.nanoTime());
    protocol = spoken;
  }

  /** Ends attempts whose sockets do not tell. */
  private void connectedWithoutTelling(InetSocketAddress route, long at) {
    for (ConnectAttempt attempt : attempts) {
      if (!attempt.timed() && attempt.isTo(route)) {
        attempt.connected(at);
      }
    }
  }

  /**
   * Ends the dial when the call has got a connection.
   *
   * @param connection the connection
   * @param known whether a call has got it before
   * @return whether it is the one that was dialled; another call's may have come first
   */
  boolean ended(Connection connection, boolean known) {
    boolean own = protocol != null && isOwn(connection.socket(), known);
    attempts.stream().filter(attempt -> !attempt.timed()).forEach(ConnectAttempt::lost);
    if (handshaking) {
      SSLSocket socket = own && connection.socket() instanceof SSLSocket ssl ? ssl : null;
      handshakeDone(socket);
    }
    return own;
  }

  /** {@return what TLS has negotiated; null if there was no handshake, or it is not over} */
  @Nullable TlsConnectionState tls() {
    return tls;
  }

  private boolean isOwn(Socket socket, boolean known) {
    boolean told = false;
    for (ConnectAttempt attempt : attempts) {
      InetSocketAddress local = attempt.local();
      if (local != null) {
        told = true;
        if (local.getPort() == socket.getLocalPort()
            && attempt.peer().equals(socket.getRemoteSocketAddress())) {
          return true;
        }
      }
    }
    // Sockets that do not tell cannot be told apart.
    return !told && !known;
  }

  private void handshakeDone(@Nullable SSLSocket socket) {
    handshaking = false;
    TlsConnectionState told = socket == null ? null : TlsStates.of(socket, handshakeStartMillis);
    TlsConnectionState state = OkHttpTlsStates.of(handshake, told, protocol);
    tls = state;
    fire(Hook.TLS_HANDSHAKE_DONE, handshakeEnd, trace -> trace.tlsHandshakeDone(state, null));
  }

  private void handshakeFailed(Throwable error) {
    if (!handshaking) {
      return;
    }
    if (handshakeEnd != 0) {
      handshakeDone(null);
      return;
    }
    handshaking = false;
    long now = System.nanoTime();
    fire(Hook.TLS_HANDSHAKE_DONE, now, trace -> trace.tlsHandshakeDone(null, error));
  }

  /** The tunnel or TLS has failed. */
  void failedWhenConnected(InetSocketAddress route, IOException error) {
    connectedWithoutTelling(route, System.nanoTime());
    handshakeFailed(error);
  }

  /** Ends what the call was doing when it failed. Attempts end by themselves. */
  void failed(Throwable error) {
    if (lookingUp) {
      dnsDone(List.of(), error);
    }
    attempts.stream().filter(attempt -> !attempt.timed()).forEach(ConnectAttempt::lost);
    handshakeFailed(error);
  }

  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    hooks.fire(hook, at, roundTrip, id, call);
  }
}
