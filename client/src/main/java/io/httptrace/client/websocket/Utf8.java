package io.httptrace.client.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes texts of a WebSocket, whose parts may split a character (RFC 6455, section 5.6). */
final class Utf8 {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  /** The first bytes of a character that is not complete yet. */
  private ByteBuffer left = ByteBuffer.allocate(0);

  /**
   * {@return the characters of a part of a text}
   *
   * @param part the part
   * @param last whether it is the last one
   * @throws CharacterCodingException if the text is not UTF-8
   */
  String decode(ByteBuffer part, boolean last) throws CharacterCodingException {
    ByteBuffer in =
        ByteBuffer.allocate(left.remaining() + part.remaining()).put(left).put(part).flip();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    check(decoder.decode(in, out, last));
    if (last) {
      check(decoder.flush(out));
      decoder.reset();
    }
    left = in;
    return out.flip().toString();
  }

  private static void check(CoderResult result) throws CharacterCodingException {
    if (result.isError()) {
      result.throwException();
    }
  }

  /**
   * Checks a text that is to be sent.
   *
   * @throws IOException if it has an unpaired surrogate
   */
  static void check(CharSequence text) throws IOException {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IOException("Malformed text message");
      }
    }
  }
}
