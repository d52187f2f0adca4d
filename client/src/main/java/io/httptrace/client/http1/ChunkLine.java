package io.httptrace.client.http1;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;

/**
 * The line before a chunk (RFC 9112, section 7.1). Blanks may follow the size, as some servers pad
 * it; extensions say nothing to us.
 */
final class ChunkLine {
  private ChunkLine() {}

  /** {@return the size of the chunk} */
  static long size(Line line) throws ResponseException {
    long size = 0;
    int at = 0;
    for (int digit = digit(line.at(0)); digit >= 0; digit = digit(line.at(++at))) {
      if (size > Long.MAX_VALUE >> 4) {
        throw malformed("a chunk of more than 2^63 bytes");
      }
      size = size << 4 | digit;
    }
    int next = line.startOfText(at, line.length());
    if (at == 0 || (next < line.length() && line.at(next) != ';')) {
      throw malformed("the size of a chunk is not a number");
    }
    return size;
  }

  private static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  private static ResponseException malformed(String what) {
    return ResponseException.of(Reason.MALFORMED, what);
  }
}
