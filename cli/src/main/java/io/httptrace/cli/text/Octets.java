package io.httptrace.cli.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Converts octets to text and back without loss. Arguments, file names and field values are octets
 * that need not be UTF-8: an octet that is not part of a character becomes a lone low surrogate,
 * U+DC80 to U+DCFF, which valid UTF-8 cannot contain.
 */
public final class Octets {
  private static final char LONE = '\udc00';

  private Octets() {}

  /**
   * {@return the text of octets}
   *
   * @param octets the octets
   */
  public static String decode(byte[] octets) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(octets);
    CharBuffer out = CharBuffer.allocate(octets.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (LONE | (in.get() & 0xff)));
      }
      decoder.reset();
    }
  }

  /**
   * {@return the octets of a text}
   *
   * @param text the text
   */
  public static byte[] encode(String text) {
    ByteBuffer out = ByteBuffer.allocate(text.length() * 3);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLone(text, i)) {
        out.put(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
        out.put((byte) text.charAt(i));
        start = i + 1;
      }
    }
    out.put(text.substring(start).getBytes(StandardCharsets.UTF_8));
    byte[] octets = new byte[out.position()];
    out.flip().get(octets);
    return octets;
  }

  private static boolean isLone(String text, int index) {
    char c = text.charAt(index);
    return c >= (LONE | 0x80)
        && c <= (LONE | 0xff)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }

  /**
   * {@return a text with a character for each octet, as in field values}
   *
   * @param text the text
   */
  public static String asField(String text) {
    return new String(encode(text), StandardCharsets.ISO_8859_1);
  }
}
