package io.httptrace.apache;

import io.httptrace.ClientTrace;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.List;
import org.apache.hc.client5.http.ClientProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The making of one connection: lookup, attempts to connect, tunnel, TLS. A step that has begun
 * ends once: as it ends by itself, or by {@link #stop}. The asynchronous client may go on with a
 * dial whose request has failed; the hooks do not.
 */
final class ApacheDial {
  /** Waits for the proxy's answer. */
  private static final int NO_ANSWER = -1;

  private final CallHooks hooks;
  private final int roundTrip;
  private final long id;

  // Guarded by this: the time limits and cancellations of the asynchronous client come on threads
  // of their own.
  private @Nullable Throwable stopped;
  private boolean lookingUp;
  private @Nullable SocketAddress connecting;
  private boolean tunnelling;
  private int refusal = NO_ANSWER;
  private boolean handshaking;
  private long handshakeStartMillis;
  private @Nullable TlsConnectionState tls;

  /**
   * Begins a dial.
   *
   * @param hooks the hooks of the call
   * @param roundTrip in which round trip
   * @param id the id that the connection will have
   */
  ApacheDial(CallHooks hooks, int roundTrip, long id) {
    this.hooks = hooks;
    this.roundTrip = roundTrip;
    this.id = id;
  }

  long id() {
    return id;
  }

  // ---- The lookup

  void dnsStart(String host) {
    if (isStopped()) {
      return;
    }
    fire(Hook.DNS_START, System.nanoTime(), trace -> trace.dnsStart(DnsStartInfo.of(host)));
    synchronized (this) {
      lookingUp = true;
    }
    endIfStopped();
  }

  /**
   * Ends a lookup.
   *
   * @param resolver who was asked; null if it has no name
   */
  void dnsDone(List<InetAddress> addresses, @Nullable Throwable error, @Nullable String resolver) {
    long now = System.nanoTime();
    synchronized (this) {
      if (!lookingUp) {
        return;
      }
      lookingUp = false;
    }
    DnsDoneInfo info = DnsDoneInfo.of(addresses, error, false, resolver);
    fire(Hook.DNS_DONE, now, trace -> trace.dnsDone(info));
  }

  // ---- Connecting

  void connectStart(SocketAddress peer) {
    if (isStopped()) {
      return;
    }
    fire(Hook.CONNECT_START, System.nanoTime(), trace -> trace.connectStart("tcp", peer));
    synchronized (this) {
      connecting = peer;
    }
    endIfStopped();
  }

  void connectDone(@Nullable Throwable error) {
    long now = System.nanoTime();
    SocketAddress peer;
    synchronized (this) {
      peer = connecting;
      connecting = null;
    }
    if (peer != null) {
      fire(Hook.CONNECT_DONE, now, trace -> trace.connectDone("tcp", peer, error));
    }
  }

  // ---- The tunnel

  /** A CONNECT is about to be sent; it may be another one, with credentials. */
  void tunnelStart(SocketAddress proxy) {
    synchronized (this) {
      refusal = NO_ANSWER;
      if (tunnelling || stopped != null) {
        return;
      }
    }
    fire(Hook.PROXY_CONNECT_START, System.nanoTime(), trace -> trace.proxyConnectStart(proxy));
    synchronized (this) {
      tunnelling = true;
    }
    endIfStopped();
  }

  /** The proxy has answered. If it wants credentials, another CONNECT may follow. */
  void tunnelAnswered(int status) {
    if (status == 407) {
      synchronized (this) {
        refusal = status;
      }
    } else {
      tunnelDone(status, status == 200 ? null : refused(status));
    }
  }

  /** No other CONNECT follows. */
  void tunnelOver() {
    int status;
    synchronized (this) {
      status = refusal;
    }
    if (status != NO_ANSWER) {
      tunnelDone(status, refused(status));
    }
  }

  void tunnelFailed(Throwable error) {
    tunnelDone(NO_ANSWER, error);
  }

  private static Throwable refused(int status) {
    return new ClientProtocolException("the proxy has answered CONNECT with " + status);
  }

  private void tunnelDone(int status, @Nullable Throwable error) {
    long now = System.nanoTime();
    synchronized (this) {
      refusal = NO_ANSWER;
      if (!tunnelling) {
        return;
      }
      tunnelling = false;
    }
    fire(Hook.PROXY_CONNECT_DONE, now, trace -> trace.proxyConnectDone(status, error));
  }

  // ---- TLS

  void handshakeStart() {
    synchronized (this) {
      handshakeStartMillis = System.currentTimeMillis();
    }
    if (isStopped()) {
      return;
    }
    fire(Hook.TLS_HANDSHAKE_START, System.nanoTime(), ClientTrace::tlsHandshakeStart);
    synchronized (this) {
      handshaking = true;
    }
    endIfStopped();
  }

  /** {@return when the handshake began, by {@link System#currentTimeMillis()}} */
  synchronized long handshakeStartMillis() {
    return handshakeStartMillis;
  }

  void handshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    long now = System.nanoTime();
    synchronized (this) {
      if (!handshaking) {
        return;
      }
      handshaking = false;
      tls = state;
    }
    fire(Hook.TLS_HANDSHAKE_DONE, now, trace -> trace.tlsHandshakeDone(state, error));
  }

  /** {@return what the last handshake has negotiated; null if there was none} */
  synchronized @Nullable TlsConnectionState tls() {
    return tls;
  }

  // ---- The end

  /** Ends what is under way: the request has failed. Nothing begins after that. */
  void stop(Throwable error) {
    synchronized (this) {
      if (stopped == null) {
        stopped = error;
      }
    }
    dnsDone(List.of(), error, null);
    connectDone(error);
    tunnelOver();
    tunnelFailed(error);
    handshakeDone(null, error);
  }

  private synchronized boolean isStopped() {
    return stopped != null;
  }

  /** Ends a step at once if the dial was stopped while the hook of its start was running. */
  private void endIfStopped() {
    Throwable error;
    synchronized (this) {
      error = stopped;
    }
    if (error != null) {
      stop(error);
    }
  }

  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    hooks.fire(hook, at, roundTrip, id, call);
  }
}
