package io.httptrace.client.connect;

import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.errors.DnsException;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.TlsException;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.pool.Dialer.Outcome;
import io.httptrace.client.pool.NegotiatedTls;
import io.httptrace.client.pool.PooledConnection;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyServer;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One dial: lookup, race, handshake, one after the other on the strand of the dial. With a proxy
 * the lookup and the race are for the proxy; then come a handshake with the proxy and the tunnel,
 * if there are to be any, before the handshake with the target.
 */
final class NettyDial {
  /** How long a proxy may take to open a tunnel, if there is no other limit. */
  private static final long TUNNEL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final DialContext context;
  private final PoolKey key;
  private final DialHooks hooks;
  private final TlsSetup tls;
  private final Lookups lookups;
  private final Outcome outcome;
  private final DialDeadline limits;
  private final ConnectionFactory connections;

  private InetSocketAddress destination;
  private @Nullable DialStep step;
  private boolean over;

  /** Why it is about to be cancelled: a hook of its own may still run. */
  private volatile @Nullable Throwable cancelling;

  NettyDial(
      DialContext context,
      PoolKey key,
      DialHooks hooks,
      TlsSetup tls,
      Lookups lookups,
      Outcome outcome) {
    this.context = context;
    this.key = key;
    this.hooks = hooks;
    this.tls = tls;
    this.lookups = lookups;
    this.outcome = outcome;
    this.limits = new DialDeadline(context, reason -> stop(true, reason));
    this.connections = new ConnectionFactory(key, context.settings());
    this.destination = InetSocketAddress.createUnresolved(key.dialledHost(), key.dialledPort());
  }

  void start() {
    if (over) {
      return;
    }
    limits.begin();
    InetAddress literal;
    try {
      destination = context.connector().destination(destination);
      literal = IpLiterals.addressOf(destination.getHostString());
    } catch (IOException notHere) {
      fail(notHere);
      return;
    }
    if (literal == null) {
      lookUp();
    } else {
      race(List.of(literal));
    }
  }

  /** The dial is about to be cancelled: no further step is begun. On any thread. */
  void cancelling(Throwable reason) {
    cancelling = reason;
  }

  /** {@return whether the dial ends here, between two steps} */
  private boolean endsHere() {
    Throwable reason = cancelling;
    if (reason != null) {
      fail(reason);
    }
    return over;
  }

  /** Stops the dial, for a reason that lies outside of it. */
  void cancel(Throwable reason) {
    stop(reason instanceof HttpTimeoutException, reason);
  }

  /** A task of the dial has failed for a reason nobody foresaw. */
  void broken(Throwable error) {
    IOException failure = BrokenDial.of(error);
    try {
      stop(false, failure);
    } finally {
      fail(failure);
    }
  }

  private void stop(boolean timeout, @Nullable Throwable reason) {
    if (over) {
      return;
    }
    DialStep stopped = step;
    if (stopped != null) {
      stopped.stop(timeout, reason);
    } else if (reason != null) {
      fail(reason);
    }
  }

  private void fail(Throwable error) {
    if (!over) {
      over = true;
      limits.stop();
      outcome.failed(error);
    }
  }

  // ---- Lookup ----

  private void lookUp() {
    DialLookup lookup =
        new DialLookup(
            lookups, destination.getHostString(), context.strand(), hooks, this::lookedUp);
    step = lookup;
    lookup.start();
  }

  private void lookedUp(List<InetAddress> addrs, @Nullable DnsException error) {
    if (error != null) {
      fail(error);
    } else {
      race(addrs);
    }
  }

  // ---- Connect ----

  private void race(List<InetAddress> addrs) {
    if (endsHere()) {
      return;
    }
    HappyEyeballs race =
        new HappyEyeballs(
            context,
            hooks,
            addrs.stream().map(a -> new InetSocketAddress(a, destination.getPort())).toList(),
            limits.deadline(),
            new HappyEyeballs.Outcome() {
              @Override
              public void connected(Channel channel, InetSocketAddress addr) {
                NettyDial.this.connected(channel, addr);
              }

              @Override
              public void failed(Throwable error) {
                fail(error);
              }
            });
    step =
        (timeout, reason) -> {
          Throwable error =
              timeout
                  ? new SocketTimeoutException("connect timed out")
                  : new CancellationException("connect cancelled");
          if (reason != null) {
            error.initCause(reason);
          }
          race.cancel(error);
        };
    race.start();
  }

  private void connected(Channel channel, InetSocketAddress addr) {
    if (endsHere()) {
      channel.close();
      return;
    }
    ConnectionDriver driver = ConnectionLoops.driverOf(channel);
    if (driver != null && (key.proxy() != null || key.secure())) {
      context.waiter().drives(driver);
    }
    ProxyServer proxy = key.proxy();
    if (proxy == null) {
      reached(channel);
    } else if (proxy.secure()) {
      handshake(
          channel,
          proxy.hostPort(),
          () -> tls.withProxy(channel, proxy),
          state -> proxied(channel, addr, proxy));
    } else {
      proxied(channel, addr, proxy);
    }
  }

  // ---- Proxy ----

  private void proxied(Channel channel, InetSocketAddress addr, ProxyServer proxy) {
    if (key.forwarded()) {
      open(channel, null);
    } else {
      tunnel(channel, addr, proxy);
    }
  }

  private void tunnel(Channel channel, InetSocketAddress addr, ProxyServer proxy) {
    step =
        (timeout, reason) -> {
          ProxyException error =
              ProxyException.of(
                  proxy.hostPort(),
                  timeout ? ProxyException.Reason.TIMEOUT : ProxyException.Reason.CANCELLED,
                  reason);
          hooks.proxyConnectDone(hooks.now(), -1, error);
          channel.close();
          fail(error);
        };
    limits.step(TUNNEL_NANOS);
    hooks.proxyConnectStart(addr);
    if (over) {
      return;
    }
    Tunnel tunnel = Tunnel.of(key, proxy, context.settings());
    onLoop(
        channel,
        () -> {
          tunnel.open(
              channel,
              (status, error) -> {
                long at = hooks.now();
                context.strand().execute(() -> tunnelled(channel, at, status, error));
              });
          TlsHandshake.handOver(channel);
        });
  }

  private void tunnelled(Channel channel, long at, int status, @Nullable ProxyException error) {
    if (over) {
      channel.close();
      return;
    }
    limits.resume();
    hooks.proxyConnectDone(at, status, error);
    if (error != null) {
      channel.close();
      fail(error);
    } else {
      reached(channel);
    }
  }

  private void reached(Channel channel) {
    if (endsHere()) {
      channel.close();
      return;
    }
    if (key.secure()) {
      handshake(
          channel,
          key.hostPort(),
          () -> tls.withTarget(channel, key),
          negotiated -> open(channel, negotiated));
    } else {
      open(channel, null);
    }
  }

  // ---- TLS ----

  private void handshake(
      Channel channel, String peer, Supplier<TlsHandshake> maker, Consumer<NegotiatedTls> next) {
    step =
        (timeout, reason) -> {
          TlsException error =
              new TlsException(
                  peer,
                  timeout ? TlsException.Reason.TIMEOUT : TlsException.Reason.CANCELLED,
                  reason);
          hooks.tlsHandshakeDone(hooks.now(), null, error);
          channel.close();
          fail(error);
        };
    limits.step(context.settings().tlsNanos());
    hooks.tlsHandshakeStart();
    if (over) {
      return;
    }
    TlsHandshake handshake;
    try {
      handshake = maker.get();
    } catch (RuntimeException e) {
      TlsException error = new TlsException(peer, TlsException.Reason.HANDSHAKE_FAILURE, e);
      handshaken(channel, hooks.now(), null, error, next);
      return;
    }
    boolean begun =
        onLoop(
            channel,
            () ->
                handshake.start(
                    (negotiated, error) -> {
                      long at = hooks.now();
                      context
                          .strand()
                          .execute(() -> handshaken(channel, at, negotiated, error, next));
                    }));
    if (!begun) {
      handshake.abandon();
    }
  }

  private void handshaken(
      Channel channel,
      long at,
      @Nullable NegotiatedTls negotiated,
      @Nullable TlsException error,
      Consumer<NegotiatedTls> next) {
    if (over) {
      channel.close();
      return;
    }
    limits.resume();
    hooks.tlsHandshakeDone(at, negotiated == null ? null : negotiated.state(), error);
    if (negotiated != null) {
      next.accept(negotiated);
    } else if (error != null) {
      channel.close();
      fail(error);
    }
  }

  private void open(Channel channel, @Nullable NegotiatedTls negotiated) {
    if (over) {
      channel.close();
      return;
    }
    over = true;
    limits.stop();
    onLoop(
        channel,
        () -> {
          PooledConnection connection;
          try {
            connection = connections.on(hooks.connection(), channel, negotiated);
          } catch (Throwable t) {
            channel.close();
            outcome.failed(BrokenDial.of(t));
            return;
          }
          TlsHandshake.handOver(channel);
          outcome.connected(connection);
        });
  }

  /** {@return whether the task runs, or will} */
  private boolean onLoop(Channel channel, Runnable task) {
    try {
      channel
          .eventLoop()
          .execute(
              () -> {
                try {
                  task.run();
                } catch (Throwable t) {
                  channel.close();
                  context.strand().execute(() -> broken(t));
                }
              });
      return true;
    } catch (RejectedExecutionException closed) {
      channel.close();
      over = true;
      limits.stop();
      outcome.failed(PlainErrors.clientClosed());
      return false;
    }
  }
}
