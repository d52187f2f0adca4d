package io.httptrace.client.http1;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;

/**
 * A field line (RFC 9112, section 5), read from one line after the other.
 *
 * <p>A name is a token, and the colon follows at once: a line whose name is not beyond doubt fails
 * the message, as names decide where it ends. A value may be anything: NUL and CR, which others
 * could take for its end, become blanks (RFC 9110, section 5.5), other control characters stay.
 */
final class FieldLine {
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = '!'; c < 0x7f; c++) {
      TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private String name = "";
  private String value = "";

  void read(Line line, AsciiStringCache words) throws ResponseException {
    int colon = 0;
    int c = line.at(0);
    while (c >= 0 && c < 128 && TOKEN[c]) {
      c = line.at(++colon);
    }
    if (c != ':' || colon == 0) {
      throw ResponseException.of(Reason.MALFORMED, fault(line, colon));
    }
    for (int i = colon + 1; i < line.length(); i++) {
      if (line.at(i) == 0 || line.at(i) == '\r') {
        line.set(i, ' ');
      }
    }
    name = line.word(words, 0, colon);
    int from = line.startOfText(colon + 1, line.length());
    value = line.text(from, line.endOfText(from));
  }

  /** What the line holds may be a secret, so little of it is told. */
  private static String fault(Line line, int at) {
    int colon = at;
    while (line.at(colon) >= 0 && line.at(colon) != ':') {
      colon++;
    }
    if (line.at(colon) < 0) {
      return "a line of the head that has no colon: " + line.beginning();
    }
    if (colon == 0) {
      return "a field without a name";
    }
    return line.startOfText(at, colon) == colon
        ? "a blank between the name of a field and its colon: " + line.beginning()
        : "the name of a field is not a token: " + line.beginning();
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }
}
