package io.httptrace.reactornetty;

import io.httptrace.ClientTrace;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The making of one connection: lookup, attempts to connect, a proxy's tunnel, TLS. One of them is
 * under way at a time. Reactor Netty goes on with a dial when its call is over; the hooks do not.
 */
final class ReactorDial {
  private enum Step {
    DNS,
    CONNECT,
    PROXY,
    TLS
  }

  private final ReactorRoundTrip roundTrip;
  private final ReactorHookQueue hooks;
  private final int number;
  private final long id = ReactorConnections.KNOWN.newId();

  // Written where a step starts, and read where it ends.
  private volatile @Nullable SocketAddress peer;

  // Guarded by this.
  private @Nullable Step open;
  private @Nullable Throwable stopped;
  private boolean ready;
  private @Nullable Runnable whenReady;

  /**
   * Begins one.
   *
   * @param roundTrip the round trip that needs the connection
   * @param hooks the hooks of its call
   * @param number the number of the round trip
   */
  ReactorDial(ReactorRoundTrip roundTrip, ReactorHookQueue hooks, int number) {
    this.roundTrip = roundTrip;
    this.hooks = hooks;
    this.number = number;
  }

  long id() {
    return id;
  }

  ReactorRoundTrip roundTrip() {
    return roundTrip;
  }

  // ---- The lookup

  void dnsStart(String host) {
    start(Step.DNS, Hook.DNS_START, trace -> trace.dnsStart(DnsStartInfo.of(host)));
  }

  /** A lookup has ended. Reactor Netty tells one address only. */
  void dnsDone(@Nullable SocketAddress first, @Nullable Throwable error) {
    List<InetAddress> addresses =
        first instanceof InetSocketAddress address && address.getAddress() != null
            ? List.of(address.getAddress())
            : List.of();
    end(Step.DNS, addresses, error);
  }

  private void fireDnsDone(List<InetAddress> addresses, @Nullable Throwable error) {
    DnsDoneInfo info = DnsDoneInfo.of(addresses, error, false, null);
    fire(Hook.DNS_DONE, trace -> trace.dnsDone(info));
  }

  // ---- Connecting

  void connectStart(SocketAddress to) {
    // The thread of the lookup may not have told its end yet.
    dnsDone(to, null);
    peer = to;
    start(Step.CONNECT, Hook.CONNECT_START, trace -> trace.connectStart(network(to), to));
  }

  void connectDone(@Nullable Throwable error) {
    end(Step.CONNECT, null, error);
  }

  private static String network(SocketAddress to) {
    return to instanceof InetSocketAddress ? "tcp" : "unix";
  }

  private void fireConnectDone(@Nullable Throwable error) {
    SocketAddress to = peer;
    if (to != null) {
      fire(Hook.CONNECT_DONE, trace -> trace.connectDone(network(to), to, error));
    }
  }

  // ---- The proxy

  void proxyConnectStart(SocketAddress proxy) {
    peer = proxy;
    start(Step.PROXY, Hook.PROXY_CONNECT_START, trace -> trace.proxyConnectStart(proxy));
  }

  void proxyConnectDone(int status, @Nullable Throwable error) {
    end(Step.PROXY, status, error);
  }

  private void fireProxyConnectDone(int status, @Nullable Throwable error) {
    fire(Hook.PROXY_CONNECT_DONE, trace -> trace.proxyConnectDone(status, error));
  }

  // ---- TLS

  void handshakeStart() {
    start(Step.TLS, Hook.TLS_HANDSHAKE_START, ClientTrace::tlsHandshakeStart);
  }

  void handshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    end(Step.TLS, state, error);
  }

  private void fireHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    fire(Hook.TLS_HANDSHAKE_DONE, trace -> trace.tlsHandshakeDone(state, error));
  }

  // ---- Steps

  /** Starts a step; if the dial is stopped while the hook runs, the step ends at once. */
  private void start(Step step, Hook hook, CallHooks.HookCall started) {
    synchronized (this) {
      if (stopped != null || open != null) {
        return;
      }
    }
    fire(hook, started);
    Throwable error;
    synchronized (this) {
      error = stopped;
      open = error == null ? step : null;
    }
    if (error != null) {
      fireEnd(step, null, error);
    }
  }

  private void end(Step step, @Nullable Object result, @Nullable Throwable error) {
    synchronized (this) {
      if (open != step) {
        return;
      }
      open = null;
    }
    fireEnd(step, result, error);
  }

  private void fireEnd(Step step, @Nullable Object result, @Nullable Throwable error) {
    switch (step) {
      case DNS -> fireDnsDone(addresses(result), error);
      case CONNECT -> fireConnectDone(error);
      case PROXY -> fireProxyConnectDone(result instanceof Integer status ? status : -1, error);
      case TLS ->
          fireHandshakeDone(result instanceof TlsConnectionState state ? state : null, error);
    }
  }

  private static List<InetAddress> addresses(@Nullable Object result) {
    return result instanceof List<?> list
        ? list.stream().map(InetAddress.class::cast).toList()
        : List.of();
  }

  /** Ends the step that is under way: the round trip has ended without the connection. */
  void stop(Throwable error) {
    Step step;
    synchronized (this) {
      if (stopped != null) {
        return;
      }
      stopped = error;
      step = open;
      open = null;
      whenReady = null;
    }
    if (step != null) {
      fireEnd(step, null, error);
    }
  }

  // ---- The end

  /** The connection can be used. */
  void ready() {
    Runnable waiting;
    synchronized (this) {
      ready = true;
      waiting = whenReady;
      whenReady = null;
    }
    if (waiting != null) {
      waiting.run();
    }
  }

  /** Runs something when the connection can be used: now, or on its event loop. */
  void whenReady(Runnable then) {
    synchronized (this) {
      if (!ready) {
        whenReady = then;
        return;
      }
    }
    then.run();
  }

  private void fire(Hook hook, CallHooks.HookCall hookCall) {
    hooks.fire(hook, System.nanoTime(), number, id, hookCall);
  }
}
