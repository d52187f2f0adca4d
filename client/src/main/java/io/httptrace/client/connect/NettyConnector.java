package io.httptrace.client.connect;

import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.netty.ClientSocketChannel;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.pool.Dialer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Connects Netty channels, which are left without handlers and do not read by themselves. */
public final class NettyConnector implements Connector {
  private final Bootstrap bootstrap;
  private final @Nullable InetAddress local;
  private final UnaryOperator<InetSocketAddress> destinations;

  /** The channels that are open. Once they are closed, so is at once any that is added. */
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  /**
   * Makes a connector that has no channels yet.
   *
   * @param loops drive the channels
   * @param local the address to connect from, or null for the system's choice
   * @param destinations tells where to connect to for a host and port
   */
  public NettyConnector(
      EventLoopGroup loops,
      @Nullable InetAddress local,
      UnaryOperator<InetSocketAddress> destinations) {
    this.local = local;
    this.destinations = destinations;
    this.bootstrap =
        new Bootstrap()
            .group(loops)
            .channelFactory(ClientSocketChannel::new)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.AUTO_CLOSE, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .disableResolver() // it would keep one for each loop, and addresses need none
            .handler(new NoHandler());
  }

  /** A bootstrap wants a handler; the ones that matter are added when it is known which. */
  @Sharable
  private static final class NoHandler extends ChannelInboundHandlerAdapter {}

  @Override
  public InetSocketAddress destination(InetSocketAddress target) throws IOException {
    InetSocketAddress place;
    try {
      place = destinations.apply(target);
    } catch (RuntimeException thrown) {
      throw new IOException("connectTo has failed for " + target, thrown);
    }
    if (place == null) {
      throw new IOException("connectTo gave no place for " + target);
    }
    return place;
  }

  @Override
  public Attempt connect(InetSocketAddress addr, Dialer.@Nullable Waiter waiter, Outcome outcome) {
    if (local != null && local.getClass() != addr.getAddress().getClass()) {
      outcome.done(null, otherFamily(local, addr));
      return () -> {};
    }
    ChannelFuture attempt;
    try {
      attempt =
          waiter != null && waiter.waitsHere()
              ? connectDriven(addr, waiter)
              : bootstrap.connect(addr, localAddress());
    } catch (RuntimeException e) {
      outcome.done(null, e);
      return () -> {};
    }
    channels.add(attempt.channel());
    AtomicBoolean settled = new AtomicBoolean();
    attempt.addListener(
        f -> {
          boolean wanted = settled.compareAndSet(false, true);
          if (!f.isSuccess()) {
            if (wanted) {
              outcome.done(null, plain(f.cause(), addr));
            }
          } else if (wanted) {
            // The channel keeps what it is asked while it is open, and may not be for long.
            attempt.channel().localAddress();
            attempt.channel().remoteAddress();
            outcome.done(attempt.channel(), null);
          } else {
            attempt.channel().close();
          }
        });
    // A channel whose connect fails is closed by Netty, which minds a cancelled one that fails too.
    return () -> {
      if (settled.compareAndSet(false, true)) {
        attempt.channel().close();
      }
    };
  }

  private @Nullable InetSocketAddress localAddress() {
    return local == null ? null : new InetSocketAddress(local, 0);
  }

  /** Connects, as a bootstrap does, on a socket that the calling thread will drive. */
  private ChannelFuture connectDriven(InetSocketAddress addr, Dialer.Waiter waiter) {
    ChannelFuture registered = bootstrap.register();
    if (!registered.isSuccess()) {
      return registered;
    }
    Channel channel = registered.channel();
    ConnectionDriver driver = ConnectionLoops.driverForCaller(channel);
    if (driver != null) {
      waiter.drives(driver);
    }
    return channel
        .connect(addr, localAddress())
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** The system would say the same, in words that tell less. */
  private static SocketException otherFamily(InetAddress local, InetSocketAddress addr) {
    return new SocketException(
        "cannot connect from the local address "
            + local.getHostAddress()
            + " to "
            + NetUtil.toSocketAddressString(addr)
            + ": one is IPv4, the other IPv6");
  }

  /** Netty has types of its own, which name the address; the JDK's can do that as well. */
  private static Throwable plain(Throwable error, InetSocketAddress addr) {
    Throwable original = error.getCause();
    if (!(original instanceof SocketException)) {
      return error;
    }
    String text = original.getMessage() + ": " + NetUtil.toSocketAddressString(addr);
    SocketException plain =
        original instanceof ConnectException
            ? new ConnectException(text)
            : original instanceof NoRouteToHostException
                ? new NoRouteToHostException(text)
                : new SocketException(text);
    plain.initCause(original);
    return plain;
  }

  /**
   * Closes all channels, also those that are being connected. A loop that is shut down leaves a
   * channel open that was on its way to it, so this comes first.
   *
   * @param whenDone runs when they are closed, on any thread
   */
  public void close(Runnable whenDone) {
    channels.close();
    // Where TLS is being closed already, closing once more may seem done while the channel is open.
    channels.newCloseFuture().addListener(f -> whenDone.run());
  }
}
