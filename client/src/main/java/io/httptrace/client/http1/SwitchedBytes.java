package io.httptrace.client.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server has said in the protocol that it has switched to, before the handlers of that
 * protocol are there. Used by the event loop.
 */
final class SwitchedBytes {
  private final List<ByteBuf> buffers = new ArrayList<>(0);

  /** Keeps a buffer, and owns it from now on. */
  void add(ByteBuf bytes) {
    buffers.add(bytes);
  }

  /** Gives what there is to the handlers behind a place in the pipeline. */
  void handOver(ChannelHandlerContext ctx) {
    List<ByteBuf> given = List.copyOf(buffers);
    buffers.clear();
    given.forEach(ctx::fireChannelRead);
    if (!given.isEmpty()) {
      ctx.fireChannelReadComplete();
    }
  }

  /** Drops what nobody has been given. */
  void release() {
    buffers.forEach(ByteBuf::release);
    buffers.clear();
  }
}
