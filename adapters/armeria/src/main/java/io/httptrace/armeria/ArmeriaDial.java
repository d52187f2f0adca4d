package io.httptrace.armeria;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.TlsStates;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The hooks of one dial. All is done on the event loop of its channel. */
final class ArmeriaDial {
  private final ArmeriaRoundTrip owner;
  private final long id;
  private final Channel channel;

  private @Nullable SocketAddress connecting;
  private @Nullable SSLEngine shaking;
  private long shakingSinceMillis;
  private boolean tunnelling;
  private @Nullable TlsConnectionState tls;

  // Read by other threads too.
  private volatile boolean over;

  /**
   * Makes one that has not begun.
   *
   * @param owner whose it is
   * @param id the id that the connection will have
   * @param channel what is dialled
   */
  ArmeriaDial(ArmeriaRoundTrip owner, long id, Channel channel) {
    this.owner = owner;
    this.id = id;
    this.channel = channel;
  }

  ArmeriaRoundTrip owner() {
    return owner;
  }

  Channel channel() {
    return channel;
  }

  /** {@return what the last handshake has negotiated; null without TLS} */
  @Nullable TlsConnectionState tls() {
    return tls;
  }

  /** {@return whether it has failed, or the connection is closed again} */
  boolean isOver() {
    return over;
  }

  void connectStart(SocketAddress address) {
    connecting = address;
    fire(Hook.CONNECT_START, trace -> trace.connectStart("tcp", address));
  }

  void connectDone(@Nullable Throwable error) {
    SocketAddress address = connecting;
    if (address != null) {
      connecting = null;
      over = error != null;
      fire(Hook.CONNECT_DONE, trace -> trace.connectDone("tcp", address, error));
    }
  }

  void proxyConnectStart(SocketAddress proxy) {
    tunnelling = true;
    fire(Hook.PROXY_CONNECT_START, trace -> trace.proxyConnectStart(proxy));
  }

  void proxyConnectDone(int status, @Nullable Throwable error) {
    if (tunnelling) {
      tunnelling = false;
      over = error != null;
      fire(Hook.PROXY_CONNECT_DONE, trace -> trace.proxyConnectDone(status, error));
    }
  }

  void tlsHandshakeStart(SSLEngine engine) {
    shaking = engine;
    shakingSinceMillis = System.currentTimeMillis();
    fire(Hook.TLS_HANDSHAKE_START, ClientTrace::tlsHandshakeStart);
  }

  /** Ends a handshake, if it is the one that has begun. */
  void tlsHandshakeDone(SSLEngine engine, @Nullable Throwable error) {
    if (shaking != engine) {
      return;
    }
    long now = System.nanoTime();
    TlsConnectionState state = error == null ? TlsStates.of(engine, shakingSinceMillis) : null;
    shaking = null;
    tls = state;
    over = error != null;
    fire(Hook.TLS_HANDSHAKE_DONE, now, trace -> trace.tlsHandshakeDone(state, error));
  }

  /** Armeria may dial once more then, for the same request. */
  void closed() {
    over = true;
  }

  private void fire(Hook hook, CallHooks.HookCall call) {
    fire(hook, System.nanoTime(), call);
  }

  private void fire(Hook hook, long at, CallHooks.HookCall call) {
    owner.hooks().fire(hook, at, owner.number(), id, call);
  }
}
