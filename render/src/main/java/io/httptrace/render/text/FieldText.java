package io.httptrace.render.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of header fields, which have a character for each octet, as text for people. */
public final class FieldText {

  /** Octets as characters, some of them escaped, as {@code TraceEvent#arguments} has them. */
  private static final Pattern NOT_ASCII =
      Pattern.compile("(?:[\\x{80}-\\x{ff}]|\\\\u00[89][0-9a-f])+");

  private FieldText() {}

  /**
   * {@return a text for people} Where it has a character for each octet, and the octets are UTF-8,
   * it has the characters these stand for.
   *
   * @param text a text with values of fields in it
   */
  public static String readable(String text) {
    if (text.chars().allMatch(c -> c < 0x80 && c != '\\')) {
      return text;
    }
    return NOT_ASCII.matcher(text).replaceAll(run -> Matcher.quoteReplacement(utf8(run.group())));
  }

  private static String utf8(String run) {
    byte[] octets = new byte[run.length()];
    int count = 0;
    for (int i = 0; i < run.length(); i++) {
      char c = run.charAt(i);
      if (c == '\\') {
        octets[count++] = (byte) Integer.parseInt(run.substring(i + 4, i + 6), 16);
        i += 5;
      } else {
        octets[count++] = (byte) c;
      }
    }
    try {
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, count)).toString();
      return decoded.chars().anyMatch(Character::isISOControl) ? run : decoded;
    } catch (CharacterCodingException e) {
      return run;
    }
  }
}
