package io.httptrace.client.http1;

import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;

/**
 * A status line (RFC 9112, section 4), read from one line after the other.
 *
 * <p>Blanks between the version and the status may be several, and the reason may be missing with
 * the blank before it. All else is as the RFC has it, as a status has to be beyond doubt.
 */
final class StatusLine {
  private static final String VERSION = "HTTP/1.";

  private int status;
  private int minorVersion;
  private String reason = "";

  void read(Line line, AsciiStringCache words) throws ResponseException {
    for (int i = 0; i < VERSION.length(); i++) {
      if (line.at(i) != VERSION.charAt(i)) {
        throw malformed("not a status line of HTTP/1: " + line.beginning());
      }
    }
    minorVersion = digit(line.at(VERSION.length()));
    int afterVersion = VERSION.length() + 1;
    int start = line.startOfText(afterVersion, line.length());
    if (minorVersion < 0 || start == afterVersion) {
      throw malformed("not a version of HTTP/1: " + line.beginning());
    }
    status = status(line, start);
    int afterStatus = start + 3;
    int next = line.at(afterStatus);
    if (status < 100 || (next >= 0 && !Line.isBlank(next))) {
      throw malformed("the status is not a number of three digits from 100 on");
    }
    int from = line.startOfText(afterStatus, line.length());
    reason = line.word(words, from, line.endOfText(from));
  }

  private static int status(Line line, int at) {
    int hundreds = digit(line.at(at));
    int tens = digit(line.at(at + 1));
    int ones = digit(line.at(at + 2));
    return hundreds < 0 || tens < 0 || ones < 0 ? -1 : 100 * hundreds + 10 * tens + ones;
  }

  private static int digit(int c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }

  private static ResponseException malformed(String what) {
    return ResponseException.of(Reason.NOT_HTTP, what);
  }

  int status() {
    return status;
  }

  /** {@return whether connections of this version are kept, if nothing else is said} */
  boolean keepsAlive() {
    return minorVersion > 0;
  }

  String protocol() {
    return switch (minorVersion) {
      case 0 -> "HTTP/1.0";
      case 1 -> "HTTP/1.1";
      default -> VERSION + minorVersion;
    };
  }

  /** {@return the words after the status, as they came; may be empty} */
  String reason() {
    return reason;
  }
}
