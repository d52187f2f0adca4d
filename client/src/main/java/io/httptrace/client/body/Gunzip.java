package io.httptrace.client.body;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Undoes gzip (RFC 1952), several members included. */
public final class Gunzip implements ContentDecoder {
  /**
   * Deflate makes at most 1032 bytes of one, so that this much input is at most 1 MiB of output.
   */
  private static final int PIECE = 1 << 10;

  private final JdkZlibDecoder decoder = new JdkZlibDecoder(ZlibWrapper.GZIP, true, 0);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);
  private boolean empty = true;
  private boolean closed;

  @Override
  public void decode(ByteBuffer input, Consumer<ByteBuffer> output) throws IOException {
    int size = Math.min(PIECE, input.remaining());
    ByteBuffer piece = input.slice(input.position(), size);
    input.position(input.position() + size);
    empty = false;
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(piece));
    } catch (RuntimeException e) {
      throw new ResponseException(Reason.BAD_CONTENT_CODING, e);
    }
    for (ByteBuf out = channel.readInbound(); out != null; out = channel.readInbound()) {
      byte[] copy = new byte[out.readableBytes()];
      out.readBytes(copy);
      out.release();
      if (copy.length > 0) {
        output.accept(ByteBuffer.wrap(copy));
      }
    }
  }

  @Override
  public void end() throws IOException {
    if (!empty && !closed && !decoder.isClosed()) {
      throw new ResponseException(
          Reason.BAD_CONTENT_CODING, new EOFException("the body ends in the middle"));
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      channel.finishAndReleaseAll();
    }
  }
}
