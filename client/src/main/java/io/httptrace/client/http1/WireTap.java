package io.httptrace.client.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the bytes of an exchange, and sees the first one of an answer before it is decoded. */
final class WireTap extends ChannelDuplexHandler {
  private final Runnable onFirstByte;

  // Written by the event loop only.
  private volatile long sent;
  private volatile long received;
  private boolean idle;

  WireTap(Runnable onFirstByte) {
    this.onFirstByte = onFirstByte;
  }

  /** Starts from zero, for the next exchange. */
  void reset() {
    sent = 0;
    received = 0;
    idle = false;
  }

  /** The response has ended: whatever comes now is not part of it. */
  void armIdle() {
    idle = true;
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
      boolean first = received == 0 || idle;
      received += bytes.readableBytes();
      if (first) {
        onFirstByte.run();
      }
    }
    ctx.fireChannelRead(message);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer, many readers
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      sent += bytes.readableBytes();
    }
    ctx.write(message, promise);
  }
}
