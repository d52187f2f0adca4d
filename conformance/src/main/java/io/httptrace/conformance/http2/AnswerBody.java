package io.httptrace.conformance.http2;

import java.util.Arrays;

/** The bytes of a response body, which is sent in parts. */
interface AnswerBody {
  /** {@return its length} */
  long length();

  /** {@return a part} */
  byte[] part(long from, int count);

  static AnswerBody of(byte[] content) {
    return new AnswerBody() {
      @Override
      public long length() {
        return content.length;
      }

      @Override
      public byte[] part(long from, int count) {
        return Arrays.copyOfRange(content, (int) from, (int) from + count);
      }
    };
  }

  static AnswerBody filled(long length) {
    return new AnswerBody() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public byte[] part(long from, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
      }
    };
  }
}
