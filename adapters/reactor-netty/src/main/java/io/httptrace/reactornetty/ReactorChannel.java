package io.httptrace.reactornetty;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.KnownConnections;
import io.httptrace.adapter.TlsStates;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection, which sees how it is made and closed, and what is known of it.
 * Used by the connection's event loop only, but for lookups, and for what is marked.
 */
final class ReactorChannel extends ChannelDuplexHandler {
  private static final AttributeKey<ReactorChannel> KEY =
      AttributeKey.valueOf("io.httptrace.reactornetty.channel");
  private static final String NAME = "io.httptrace.channel";
  private static final String TUNNEL = "io.httptrace.tunnel";
  private static final InetSocketAddress UNKNOWN = InetSocketAddress.createUnresolved("", 0);

  /** How Netty ends the message of a tunnel that was refused: with a status, or a SOCKS code. */
  private static final Pattern STATUS = Pattern.compile("status: (?:(\\d{3})\\b|.*\\((\\d+)\\))");

  private final @Nullable SocketAddress remote;

  /** The dial that makes it; null if nobody listens. Set before the connection is registered. */
  private volatile @Nullable ReactorDial dial;

  private @Nullable Channel channel;
  private long readyAt;
  private long handshakeStartMillis;
  private @Nullable TlsConnectionState tls;
  private @Nullable ReactorRoundTrip exchange;
  private boolean closedHere;

  /**
   * Makes one.
   *
   * @param remote what is to be connected to
   */
  ReactorChannel(@Nullable SocketAddress remote) {
    this.remote = remote;
  }

  /** {@return the handler of a connection; null if it has none} */
  static @Nullable ReactorChannel of(@Nullable Channel channel) {
    return channel != null && channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
  }

  void dialledBy(@Nullable ReactorDial by) {
    dial = by;
  }

  void addTo(Channel added) {
    channel = added;
    added.attr(KEY).set(this);
    added.pipeline().addFirst(NAME, this);
  }

  // ---- How it is made

  /** A lookup starts. On any thread. */
  void lookupStarts() {
    ReactorDial by = dial;
    if (by != null && remote instanceof InetSocketAddress address) {
      by.dnsStart(address.getHostString());
    }
  }

  /** A lookup has ended. On any thread. */
  void lookupEnds(@Nullable SocketAddress first, @Nullable Throwable error) {
    ReactorDial by = dial;
    if (by != null) {
      by.dnsDone(first, error);
    }
  }

  @Override
  public void connect(
      ChannelHandlerContext ctx, SocketAddress to, SocketAddress local, ChannelPromise promise) {
    ReactorDial by = dial;
    if (by != null) {
      by.connectStart(to);
      promise.addListener(connected -> by.connectDone(connected.cause()));
    }
    ctx.connect(to, local, promise);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ReactorDial by = dial;
    if (by != null) {
      ProxyHandler proxy = ctx.pipeline().get(ProxyHandler.class);
      SslHandler ssl = ctx.pipeline().get(SslHandler.class);
      if (ssl != null) {
        ssl.handshakeFuture().addListener(shaken -> handshakeDone(by, ssl, shaken.cause()));
      }
      if (proxy != null) {
        by.proxyConnectStart(proxy.proxyAddress());
        ctx.pipeline()
            .addAfter(ctx.pipeline().context(proxy).name(), TUNNEL, new Tunnel(by, proxy, ssl));
        proxy.connectFuture().addListener(tunnel -> tunnelFailed(by, tunnel.cause()));
      } else {
        connected(by, ssl);
      }
    }
    ctx.fireChannelActive();
  }

  private static void tunnelFailed(ReactorDial by, @Nullable Throwable error) {
    if (error != null) {
      by.proxyConnectDone(status(error), error);
    }
  }

  /** Sees that the proxy lets bytes through, before the first of them. */
  private final class Tunnel extends ChannelInboundHandlerAdapter {
    private final ReactorDial by;
    private final ProxyHandler proxy;
    private final @Nullable SslHandler ssl;

    Tunnel(ReactorDial by, ProxyHandler proxy, @Nullable SslHandler ssl) {
      this.by = by;
      this.proxy = proxy;
      this.ssl = ssl;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
      if (evt instanceof ProxyConnectionEvent) {
        by.proxyConnectDone(proxy.protocol().startsWith("http") ? 200 : 0, null);
        connected(by, ssl);
        ctx.pipeline().remove(this);
      }
      ctx.fireUserEventTriggered(evt);
    }
  }

  private static int status(Throwable error) {
    Matcher status = STATUS.matcher(String.valueOf(error.getMessage()));
    if (!status.find()) {
      return -1;
    }
    return Integer.parseInt(status.group(1) != null ? status.group(1) : status.group(2));
  }

  private void connected(ReactorDial by, @Nullable SslHandler ssl) {
    if (ssl == null) {
      ready(by);
      return;
    }
    handshakeStartMillis = System.currentTimeMillis();
    by.handshakeStart();
  }

  private void handshakeDone(ReactorDial by, SslHandler ssl, @Nullable Throwable error) {
    if (error != null) {
      by.handshakeDone(null, error);
      return;
    }
    TlsConnectionState state = TlsStates.of(ssl.engine(), handshakeStartMillis);
    tls = state;
    by.handshakeDone(state, null);
    ready(by);
  }

  private void ready(ReactorDial by) {
    readyAt = System.nanoTime();
    by.ready();
  }

  // ---- How it is used

  /**
   * Gives it to a call.
   *
   * @param call the call
   * @param protocol what it speaks
   * @return the round trip that has it now; null if the call is over or has it already
   */
  @Nullable ReactorRoundTrip usedBy(ReactorCall call, String protocol) {
    if (exchange != null && exchange.call() == call) {
      return null; // told twice, because the adapter is installed twice
    }
    ReactorRoundTrip roundTrip = call.forConnection();
    if (roundTrip == null || !roundTrip.takeConnection()) {
      return null;
    }
    ReactorDial by = dial;
    dial = null;
    if (by != null && by.roundTrip() == roundTrip) {
      by.whenReady(() -> got(roundTrip, by, protocol));
    } else {
      got(roundTrip, null, protocol);
    }
    return roundTrip;
  }

  private void got(ReactorRoundTrip roundTrip, @Nullable ReactorDial own, String protocol) {
    Channel used = channel;
    if (used == null) {
      return;
    }
    long now = System.nanoTime();
    KnownConnections.Use use =
        ReactorConnections.KNOWN.acquire(used, own == null ? 0 : own.id(), now);
    TlsConnectionState state = tls(used);
    long idle = own != null || use.users() > 0 ? 0 : idleNanos(use, now);
    boolean waited = idle > 0 && now - idle - roundTrip.startedAt() > 0;
    SocketAddress local = used.localAddress();
    SocketAddress peer = used.remoteAddress();
    ConnectionInfo connection =
        ConnectionInfo.of(
            use.id(),
            local == null ? UNKNOWN : local,
            peer == null ? UNKNOWN : peer,
            protocol,
            state,
            use.requestsBefore());
    boolean wasIdle = own == null && use.users() == 0 && !waited;
    Duration idleTime = wasIdle ? Duration.ofNanos(idle) : Duration.ZERO;
    roundTrip.gotConn(now, GotConnInfo.of(connection, own == null, wasIdle, idleTime));
  }

  /** {@return how long it was idle; of one that no traced call has used, since it was made} */
  private long idleNanos(KnownConnections.Use use, long now) {
    if (use.requestsBefore() > 0) {
      return use.idleNanos();
    }
    return readyAt == 0 ? 0 : Math.max(0, now - readyAt);
  }

  private @Nullable TlsConnectionState tls(Channel used) {
    TlsConnectionState known = tls;
    if (known == null) {
      SslHandler ssl = used.pipeline().get(SslHandler.class);
      known = ssl == null ? null : TlsStates.of(ssl.engine());
      tls = known;
    }
    return known;
  }

  /** Sets the round trip whose messages pass; over HTTP/2 streams have theirs. */
  void exchange(ReactorRoundTrip roundTrip) {
    exchange = roundTrip;
  }

  /** {@return the round trip whose messages pass; null if none does that is traced} */
  @Nullable ReactorRoundTrip exchange() {
    return exchange;
  }

  /**
   * Takes it from a round trip, before the pool gives it to another one.
   *
   * @param closed whether it is of no use any more
   */
  void release(boolean closed) {
    exchange = null;
    Channel used = channel;
    if (used != null) {
      ReactorConnections.KNOWN.release(used, closed, System.nanoTime());
    }
  }

  /** {@return whether it is closed by this side} */
  boolean isClosedHere() {
    return closedHere;
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    closedHere = true;
    ctx.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    ReactorConnections.KNOWN.release(ctx.channel(), true, System.nanoTime());
  }
}
