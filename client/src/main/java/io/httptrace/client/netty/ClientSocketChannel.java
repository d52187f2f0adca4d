package io.httptrace.client.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * A socket channel that writes a single buffer as it is, and says when there is more to be read.
 * Netty keeps an array of a thousand places for each thread that writes, which is much for a thread
 * of the caller's that comes and goes.
 */
public final class ClientSocketChannel extends NioSocketChannel {
  @Override
  protected int doReadBytes(ByteBuf into) throws Exception {
    int room = into.writableBytes();
    int count = super.doReadBytes(into);
    if (eventLoop() instanceof ConnectionLoop loop) {
      loop.readFull(count == room);
    }
    return count;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) throws Exception {
    if (in.size() == 1
        && in.current() instanceof ByteBuf bytes
        && bytes.isReadable()
        && bytes.nioBufferCount() == 1) {
      int written =
          javaChannel().write(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
      if (written <= 0) {
        incompleteWrite(true);
        return;
      }
      in.removeBytes(written);
    }
    super.doWrite(in);
  }
}
