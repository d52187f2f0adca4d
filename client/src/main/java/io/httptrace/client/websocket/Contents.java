package io.httptrace.client.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** Creates the contents of messages. */
final class Contents {
  /** The most bytes of a Java {@code char} in UTF-8. */
  private static final int BYTES_PER_CHAR = 3;

  /** The most bytes of a code point in UTF-8. */
  private static final int ONE_CHARACTER = 4;

  private Contents() {}

  /** {@return a text, in UTF-8} It is encoded as it is sent. */
  static Outgoing.Content text(CharSequence text) {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    CharBuffer chars = CharBuffer.wrap(text);
    return new Outgoing.Content() {
      @Override
      public ByteBuffer next(int most) {
        long needed = (long) BYTES_PER_CHAR * chars.remaining() + ONE_CHARACTER;
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, needed));
        encoder.encode(chars, bytes, true);
        return bytes.flip();
      }

      @Override
      public boolean hasMore() {
        return chars.hasRemaining();
      }
    };
  }

  /** {@return bytes, which are read from the buffer as they are sent} */
  static Outgoing.Content bytes(ByteBuffer buffer) {
    return new Outgoing.Content() {
      @Override
      public ByteBuffer next(int most) {
        int count = Math.min(most, buffer.remaining());
        ByteBuffer part = buffer.slice().limit(count);
        buffer.position(buffer.position() + count);
        return part;
      }

      @Override
      public boolean hasMore() {
        return buffer.hasRemaining();
      }
    };
  }
}
