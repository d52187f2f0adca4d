package io.httptrace.client.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A line on its way in, piece by piece, up to a limit for it and those that come after it. It ends
 * with LF, or with CR LF (RFC 9112, section 2.2); neither is part of it. Every byte is looked at
 * and copied once, however the pieces are cut.
 */
final class Line {
  private static final int USUAL_SIZE = 128;

  /** What is kept from one response to the next; there may be thousands of idle connections. */
  private static final int KEPT_SIZE = 1024;

  private byte[] bytes = new byte[USUAL_SIZE];
  private int length;
  private boolean complete;
  private long left;

  /** Where a line goes on that is folded, or -1. */
  private int fold = -1;

  /** Starts anew, with room for so many bytes, what ends the lines included. */
  void limit(long limit) {
    left = limit;
    clear();
  }

  /** {@return how many bytes may still come; below zero if there were more} */
  long left() {
    return left;
  }

  /** The line has been used: another one may come. */
  void clear() {
    length = 0;
    complete = false;
    fold = -1;
  }

  /** The last line for now has been used. */
  void recycle() {
    clear();
    if (bytes.length > KEPT_SIZE) {
      bytes = new byte[USUAL_SIZE];
    }
  }

  /**
   * Takes what there is of the line.
   *
   * @return whether it is complete; if not, there is more to come, or there was more than is
   *     allowed
   */
  boolean read(ByteBuf in) {
    int from = in.readerIndex();
    int end = in.indexOf(from, in.writerIndex(), (byte) '\n');
    int count = (end < 0 ? in.writerIndex() : end) - from;
    left -= end < 0 ? count : count + 1;
    if (left < 0) {
      return false;
    }
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
    in.readBytes(bytes, length, count);
    length += count;
    if (end >= 0) {
      in.skipBytes(1);
      end();
    }
    return complete;
  }

  private void end() {
    complete = true;
    if (length > Math.max(fold, 0) && bytes[length - 1] == '\r') {
      length--;
    }
    if (fold >= 0) {
      unfold();
    }
  }

  /** {@return whether it is there, and has not been used} */
  boolean isComplete() {
    return complete;
  }

  /**
   * The line goes on in the next one, as that begins with a blank: what is between the two becomes
   * one blank (RFC 9112, section 5.2).
   */
  void fold() {
    length = endOfText(0);
    fold = length;
    complete = false;
  }

  private void unfold() {
    int from = startOfText(fold, length);
    int to = endOfText(from);
    length = fold;
    if (to > from) {
      // There is a blank at least between the two, so this moves nothing over what is yet to move.
      bytes[length++] = ' ';
      System.arraycopy(bytes, from, bytes, length, to - from);
      length += to - from;
    }
    fold = -1;
  }

  int length() {
    return length;
  }

  /** {@return a byte as a character of ISO 8859-1, or -1 at the end} */
  int at(int index) {
    return index < length ? bytes[index] & 0xff : -1;
  }

  void set(int index, char c) {
    bytes[index] = (byte) c;
  }

  /** {@return where blanks end that begin here} */
  int startOfText(int from, int to) {
    int start = from;
    while (start < to && isBlank(bytes[start])) {
      start++;
    }
    return start;
  }

  /** {@return where the blanks begin that end the line; not before a place} */
  int endOfText(int from) {
    int end = length;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  /** {@return a part as text; bytes above ASCII are taken for ISO 8859-1} */
  String text(int from, int to) {
    return from == to ? "" : new String(bytes, from, to - from, ISO_8859_1);
  }

  /** {@return a part as one of the words of the connection} */
  String word(AsciiStringCache words, int from, int to) {
    return words.at(bytes, from, to - from).toString();
  }

  /**
   * {@return how it begins, for a message: a few characters, as far as they are those of a word}
   */
  String beginning() {
    int end = 0;
    while (end < Math.min(length, 20) && bytes[end] > ' ' && bytes[end] < 0x7f) {
      end++;
    }
    return "\"" + text(0, end) + (end < length ? "...\"" : "\"");
  }
}
