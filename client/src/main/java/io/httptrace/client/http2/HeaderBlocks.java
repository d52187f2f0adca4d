package io.httptrace.client.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import org.jspecify.annotations.Nullable;

/**
 * Makes one HEADERS frame of one and the CONTINUATION frames after it (RFC 9113, section 6.10).
 * Netty would copy all that is there for each of them; this is linear. Used on the event loop.
 */
final class HeaderBlocks {
  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_LENGTH = 5;

  private final int hardLimit;
  private @Nullable ByteBuf block;
  private int flags;
  private int stream;

  /**
   * Makes the header blocks of one connection.
   *
   * @param hardLimit how large a block may be: it is kept until it is complete, also if it is too
   *     large for a head, because what it says to the tables of the connection must not be lost
   */
  HeaderBlocks(int hardLimit) {
    this.hardLimit = hardLimit;
  }

  /** {@return whether a block has begun that is not complete} */
  boolean open() {
    return block != null;
  }

  /** {@return the stream of the block that was begun last} */
  int stream() {
    return stream;
  }

  /** {@return whether a frame begins a block that others continue} */
  static boolean begins(int type, int frameFlags) {
    return type == Http2FrameTypes.HEADERS && (frameFlags & END_HEADERS) == 0;
  }

  /** Takes the frame that begins a block. */
  void begin(ByteBufAllocator alloc, int id, int frameFlags, ByteBuf payload)
      throws Http2Exception {
    stream = id;
    flags = frameFlags & END_STREAM;
    int padding = (frameFlags & PADDED) == 0 ? 0 : octet(payload);
    int priority = (frameFlags & PRIORITY) == 0 ? 0 : PRIORITY_LENGTH;
    if (id == 0 || payload.readableBytes() < padding + priority) {
      throw Http2Exception.connectionError(
          Http2Error.PROTOCOL_ERROR, "HEADERS of stream %d are malformed", id);
    }
    payload.skipBytes(priority);
    ByteBuf begun = alloc.buffer(Math.max(1 << 10, 2 * payload.readableBytes()));
    begun.writeZero(Http2CodecUtil.FRAME_HEADER_LENGTH);
    begun.writeBytes(payload, payload.readableBytes() - padding);
    block = begun;
  }

  private static int octet(ByteBuf payload) throws Http2Exception {
    if (!payload.isReadable()) {
      throw Http2Exception.connectionError(
          Http2Error.FRAME_SIZE_ERROR, "there is no room for the length of the padding");
    }
    return payload.readUnsignedByte();
  }

  /**
   * Takes the frame that comes after one of a block that is not complete.
   *
   * @return the whole block as one frame, which the caller must release; null if there is more
   */
  @Nullable ByteBuf go(int type, int id, int frameFlags, ByteBuf payload) throws Http2Exception {
    ByteBuf all = block;
    if (all == null || type != Http2FrameTypes.CONTINUATION || id != stream) {
      throw Http2Exception.connectionError(
          Http2Error.PROTOCOL_ERROR, "a frame of type %d within the head of %d", type, stream);
    }
    int length = all.readableBytes() - Http2CodecUtil.FRAME_HEADER_LENGTH + payload.readableBytes();
    if (length > hardLimit) {
      throw new HeadTooLarge(stream, hardLimit);
    }
    all.writeBytes(payload);
    if ((frameFlags & END_HEADERS) == 0) {
      return null;
    }
    all.setMedium(0, length);
    all.setByte(3, Http2FrameTypes.HEADERS);
    all.setByte(4, flags | END_HEADERS);
    all.setInt(5, stream);
    block = null;
    return all;
  }

  void close() {
    ByteBuf all = block;
    block = null;
    if (all != null) {
      all.release();
    }
  }

  /** A head is so large that the connection cannot go on. */
  static final class HeadTooLarge extends Http2Exception {
    private static final long serialVersionUID = 1L;

    private final int stream;

    HeadTooLarge(int stream, int limit) {
      super(Http2Error.ENHANCE_YOUR_CALM, "the head has more than " + limit + " bytes");
      this.stream = stream;
    }

    /** {@return whose head it is} */
    int stream() {
      return stream;
    }
  }
}
