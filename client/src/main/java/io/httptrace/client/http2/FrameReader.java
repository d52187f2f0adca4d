package io.httptrace.client.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameReader;

/**
 * Gives Netty's reader whole frames, one by one, with heads in one piece, and lets a {@link
 * FrameGate} see them before anyone acts on them.
 */
final class FrameReader implements Http2FrameReader {
  /** We have not allowed larger ones (RFC 9113, section 4.2). */
  private static final int MAX_LENGTH = Http2CodecUtil.DEFAULT_MAX_FRAME_SIZE;

  private final Http2FrameReader reader;
  private final FrameGate gate;
  private final HeaderBlocks blocks;
  private boolean broken;

  /**
   * Makes the reader of one connection.
   *
   * @param reader reads frames of any length
   */
  FrameReader(Http2FrameReader reader, FrameGate gate, HeaderBlocks blocks) {
    this.reader = reader;
    this.gate = gate;
    this.blocks = blocks;
  }

  @Override
  public void readFrame(ChannelHandlerContext ctx, ByteBuf in, Http2FrameListener listener)
      throws Http2Exception {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      while (in.readableBytes() >= Http2CodecUtil.FRAME_HEADER_LENGTH) {
        int length = in.getUnsignedMedium(in.readerIndex());
        if (length > MAX_LENGTH) {
          throw Http2Exception.connectionError(
              Http2Error.FRAME_SIZE_ERROR,
              "a frame of %d bytes, of %d at most",
              length,
              MAX_LENGTH);
        }
        int end = in.readerIndex() + Http2CodecUtil.FRAME_HEADER_LENGTH + length;
        if (end > in.writerIndex()) {
          return;
        }
        readOne(ctx, in, end, gate.before(listener));
      }
    } catch (Http2Exception error) {
      broken |= !Http2Exception.isStreamError(error);
      throw error;
    } catch (RuntimeException error) {
      broken = true;
      throw error;
    }
  }

  private void readOne(ChannelHandlerContext ctx, ByteBuf in, int end, Http2FrameListener listener)
      throws Http2Exception {
    int at = in.readerIndex();
    int type = in.getUnsignedByte(at + 3);
    int flags = in.getUnsignedByte(at + 4);
    int limit = in.writerIndex();
    in.writerIndex(end);
    try {
      if (blocks.open() || HeaderBlocks.begins(type, flags)) {
        int stream = in.getInt(at + 5) & Integer.MAX_VALUE;
        in.skipBytes(Http2CodecUtil.FRAME_HEADER_LENGTH);
        readPart(ctx, in, type, flags, stream, listener);
      } else {
        reader.readFrame(ctx, in, listener);
      }
    } finally {
      in.setIndex(end, limit);
    }
  }

  private void readPart(
      ChannelHandlerContext ctx,
      ByteBuf payload,
      int type,
      int flags,
      int stream,
      Http2FrameListener listener)
      throws Http2Exception {
    if (!blocks.open()) {
      blocks.begin(ctx.alloc(), stream, flags, payload);
      return;
    }
    gate.partOfHead();
    ByteBuf whole = blocks.go(type, stream, flags, payload);
    if (whole != null) {
      try {
        reader.readFrame(ctx, whole, listener);
      } finally {
        whole.release();
      }
    }
  }

  @Override
  public Configuration configuration() {
    return reader.configuration();
  }

  @Override
  public void close() {
    blocks.close();
    reader.close();
  }
}
