package io.httptrace.client.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;

/**
 * A socket channel that writes a single buffer as it is and several as one, and says when there is
 * more to be read. Netty keeps an array of a thousand places for each thread that writes, and the
 * JDK memory outside the heap for each buffer of an array, which is much for a thread of the
 * caller's that comes and goes.
 */
public final class ClientSocketChannel extends NioSocketChannel {
  /** A buffer outside the heap that is longer than this is not copied. */
  private static final int SMALL = 4096;

  private static final int NOT_HERE = -1;

  @Override
  protected int doReadBytes(ByteBuf into) throws Exception {
    int room = into.writableBytes();
    int count = super.doReadBytes(into);
    if (eventLoop() instanceof ConnectionLoop loop) {
      loop.hasRead(count == room);
    }
    return count;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) throws Exception {
    int written = 1;
    for (int left = config().getWriteSpinCount();
        left > 0 && !in.isEmpty() && written > 0;
        left--) {
      written = in.size() == 1 ? writeOne(in) : writeTogether(in);
      if (written > 0) {
        in.removeBytes(written);
      }
    }
    if (written == 0) {
      incompleteWrite(true);
    } else {
      super.doWrite(in);
    }
  }

  /** {@return how many bytes have been written, or {@link #NOT_HERE}} */
  private int writeOne(ChannelOutboundBuffer in) throws IOException {
    return in.current() instanceof ByteBuf bytes
            && bytes.isReadable()
            && bytes.nioBufferCount() == 1
        ? write(bytes)
        : NOT_HERE;
  }

  private int write(ByteBuf bytes) throws IOException {
    return javaChannel().write(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
  }

  /** Copies what there is to one buffer outside the heap, where most of it has to be copied to. */
  private int writeTogether(ChannelOutboundBuffer in) throws Exception {
    if (!(eventLoop() instanceof ConnectionLoop loop)) {
      return NOT_HERE;
    }
    ByteBuf target = loop.ioBuffers().take();
    try {
      in.forEachFlushedMessage(message -> message instanceof ByteBuf bytes && copy(bytes, target));
      return target.isReadable() ? write(target) : NOT_HERE;
    } finally {
      loop.ioBuffers().put(target);
    }
  }

  /** {@return whether all of it has been copied} */
  private static boolean copy(ByteBuf from, ByteBuf to) {
    if (from.isDirect() && from.readableBytes() > SMALL) {
      return false;
    }
    int count = Math.min(from.readableBytes(), to.writableBytes());
    from.getBytes(from.readerIndex(), to, to.writerIndex(), count);
    to.writerIndex(to.writerIndex() + count);
    return count == from.readableBytes();
  }
}
