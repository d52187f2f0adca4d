package io.httptrace.client.http1;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way out of a decoder. What comes in many small chunks at once is handed on in one
 * piece: each piece costs more than the bytes of a small one.
 */
final class ChunkCoalescer {
  /** What is at least so long is handed on as it is. */
  private static final int SMALL = 512;

  private byte @Nullable [] gathered;
  private int size;

  /** Takes so many bytes; what is gathered must be flushed before there is other input. */
  void take(ByteBuf in, int count, ResponseDecoder.Sink to) {
    byte[] target = gathered;
    if (target == null && (count >= SMALL || count == in.readableBytes())) {
      byte[] piece = new byte[count];
      in.readBytes(piece);
      to.content(ByteBuffer.wrap(piece));
      return;
    }
    if (target == null) {
      // No more than this can come of what is there.
      target = new byte[in.readableBytes()];
      gathered = target;
      size = 0;
    }
    in.readBytes(target, size, count);
    size += count;
  }

  /** Hands on what has been gathered. */
  void flush(ResponseDecoder.Sink to) {
    byte[] piece = gathered;
    gathered = null;
    if (piece != null) {
      to.content(ByteBuffer.wrap(piece, 0, size));
    }
  }
}
