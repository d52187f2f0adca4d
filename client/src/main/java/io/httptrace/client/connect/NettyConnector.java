package io.httptrace.client.connect;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** Connects Netty channels, which are left without handlers and do not read by themselves. */
public final class NettyConnector implements Connector {
  private final Bootstrap bootstrap;

  /**
   * Makes it.
   *
   * @param loops drive the channels
   */
  public NettyConnector(EventLoopGroup loops) {
    this.bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.AUTO_CLOSE, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(new ChannelInboundHandlerAdapter());
  }

  @Override
  public Attempt connect(InetSocketAddress addr, Outcome outcome) {
    ChannelFuture attempt;
    try {
      attempt = bootstrap.connect(addr);
    } catch (RuntimeException e) {
      outcome.done(null, e);
      return () -> {};
    }
    AtomicBoolean settled = new AtomicBoolean();
    attempt.addListener(
        f -> {
          Channel channel = attempt.channel();
          if (!settled.compareAndSet(false, true)) {
            channel.close();
          } else if (f.isSuccess()) {
            outcome.done(channel, null);
          } else {
            channel.close();
            outcome.done(null, f.cause());
          }
        });
    return () -> {
      if (settled.compareAndSet(false, true)) {
        attempt.channel().close();
      }
    };
  }
}
