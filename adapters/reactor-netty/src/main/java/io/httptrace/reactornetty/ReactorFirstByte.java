package io.httptrace.reactornetty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Sees the bytes of responses before they are decoded, and after TLS. */
final class ReactorFirstByte extends ChannelInboundHandlerAdapter {
  static final String NAME = "io.httptrace.bytes";

  private final ReactorChannel channel;

  ReactorFirstByte(ReactorChannel channel) {
    this.channel = channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ReactorRoundTrip reading = channel.exchange();
    if (reading != null && msg instanceof ByteBuf bytes && bytes.isReadable()) {
      reading.gotByte();
    }
    ctx.fireChannelRead(msg);
  }
}
