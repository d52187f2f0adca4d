package io.httptrace.asynchttpclient;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Listens to the bytes of HTTP/1.1 that come, below the codec. */
final class AhcWire extends ChannelInboundHandlerAdapter {
  private final AhcConnection connection;

  AhcWire(AhcConnection connection) {
    this.connection = connection;
  }

  AhcConnection connection() {
    return connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    AhcExchange exchange = connection.current();
    if (exchange != null && msg instanceof ByteBuf bytes && bytes.isReadable()) {
      exchange.bytesCome();
    }
    ctx.fireChannelRead(msg);
  }
}
