package io.httptrace.asynchttpclient;

import io.httptrace.ClientTrace;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The making of one connection: its lookup, attempts, tunnel and handshakes, one after the other.
 * Used by one event at a time.
 */
final class AhcDial {
  private final CallHooks hooks;
  private final int roundTrip;
  private final long id;
  private final @Nullable String resolver;

  private boolean lookingUp;
  private @Nullable SocketAddress connecting;
  private boolean shakingHands;
  private boolean tunnelling;
  private @Nullable Channel channel;
  private @Nullable TlsConnectionState tls;

  AhcDial(CallHooks hooks, int roundTrip, long id, @Nullable String resolver) {
    this.hooks = hooks;
    this.roundTrip = roundTrip;
    this.id = id;
    this.resolver = resolver;
  }

  long id() {
    return id;
  }

  /** {@return the connection it has made; null if there is none yet} */
  @Nullable Channel channel() {
    return channel;
  }

  /** {@return what the last handshake has negotiated; null if there was none} */
  @Nullable TlsConnectionState tls() {
    return tls;
  }

  void lookupStarts(long now, String host) {
    lookingUp = true;
    fire(Hook.DNS_START, now, trace -> trace.dnsStart(DnsStartInfo.of(host)));
  }

  void lookupEnds(long now, List<InetSocketAddress> found, @Nullable Throwable error) {
    if (!lookingUp) {
      return;
    }
    lookingUp = false;
    List<InetAddress> addresses = new ArrayList<>(found.size());
    for (InetSocketAddress address : found) {
      if (address.getAddress() != null) {
        addresses.add(address.getAddress());
      }
    }
    DnsDoneInfo info = DnsDoneInfo.of(addresses, error, false, resolver);
    fire(Hook.DNS_DONE, now, trace -> trace.dnsDone(info));
  }

  void connectStarts(long now, SocketAddress address) {
    connecting = address;
    fire(Hook.CONNECT_START, now, trace -> trace.connectStart("tcp", address));
  }

  void connected(long now, Channel connected) {
    channel = connected;
    connectEnds(now, null);
  }

  void connectEnds(long now, @Nullable Throwable error) {
    SocketAddress address = connecting;
    connecting = null;
    if (address != null) {
      fire(Hook.CONNECT_DONE, now, trace -> trace.connectDone("tcp", address, error));
    }
  }

  void tunnelStarts(long now, SocketAddress proxy) {
    tunnelling = true;
    fire(Hook.PROXY_CONNECT_START, now, trace -> trace.proxyConnectStart(proxy));
  }

  void tunnelEnds(long now, int status, @Nullable Throwable error) {
    if (tunnelling) {
      tunnelling = false;
      fire(Hook.PROXY_CONNECT_DONE, now, trace -> trace.proxyConnectDone(status, error));
    }
  }

  void handshakeStarts(long now) {
    shakingHands = true;
    fire(Hook.TLS_HANDSHAKE_START, now, ClientTrace::tlsHandshakeStart);
  }

  void handshakeEnds(long now, @Nullable TlsConnectionState state, @Nullable Throwable error) {
    if (shakingHands) {
      shakingHands = false;
      tls = state;
      fire(Hook.TLS_HANDSHAKE_DONE, now, trace -> trace.tlsHandshakeDone(state, error));
    }
  }

  /** Ends what is under way. */
  void stop(long now, Throwable error) {
    lookupEnds(now, List.of(), error);
    connectEnds(now, error);
    tunnelEnds(now, -1, error);
    handshakeEnds(now, null, error);
  }

  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    hooks.fire(hook, at, roundTrip, id, call);
  }
}
