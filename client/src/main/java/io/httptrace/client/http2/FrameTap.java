package io.httptrace.client.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2CodecUtil;

/** Counts the bytes of both directions by stream. */
final class FrameTap extends ChannelDuplexHandler {
  private final Runnable heard;
  private final FrameMeter outbound;
  private final FrameMeter inbound;

  /**
   * Makes a tap.
   *
   * @param heard runs whenever something has been read
   * @param sent is told of the frames that are written
   * @param received is told of the frames that are read, before they are decoded
   */
  FrameTap(Runnable heard, FrameMeter.Count sent, FrameMeter.Count received) {
    this.heard = heard;
    outbound = new FrameMeter(Http2CodecUtil.connectionPrefaceBuf().readableBytes(), sent);
    inbound = new FrameMeter(0, received);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      heard.run();
      inbound.see(bytes);
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      outbound.see(bytes);
    }
    ctx.write(message, promise);
  }
}
