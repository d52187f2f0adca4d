package io.httptrace.client.http1;

import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The words of heads: the names of fields, and what a status line consists of. A server says the
 * same ones in each response on a connection, so each is made once, as far as there is room. Used
 * by the event loop of one connection.
 */
final class AsciiStringCache {
  private static final int PLACES = 64;

  /** How many places a word may have; what no place is left for takes the first of its own. */
  private static final int CHOICES = 4;

  private static final int MAX_LENGTH = 40;

  private final @Nullable AsciiString[] known = new @Nullable AsciiString[PLACES];

  /** {@return the word at a place of some bytes, which are copied if it is a new one} */
  AsciiString at(byte[] bytes, int start, int length) {
    if (length > MAX_LENGTH) {
      return new AsciiString(bytes, start, length, true);
    }
    int first = hash(bytes, start, length);
    int free = first;
    for (int place = first; place < first + CHOICES; place++) {
      AsciiString word = known[place % PLACES];
      if (word == null) {
        free = place;
        break;
      }
      if (isAt(word, bytes, start, length)) {
        return word;
      }
    }
    AsciiString made = new AsciiString(bytes, start, length, true);
    known[free % PLACES] = made;
    return made;
  }

  /** {@return a number that is not negative} */
  private static int hash(byte[] bytes, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ hash >>> 16) & 0xffff;
  }

  private static boolean isAt(AsciiString word, byte[] bytes, int start, int length) {
    int from = word.arrayOffset();
    return Arrays.equals(word.array(), from, from + word.length(), bytes, start, start + length);
  }
}
