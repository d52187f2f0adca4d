package io.httptrace.client.http1;

import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a head say about where its message ends, and what becomes of the connection
 * (RFC 9112, sections 6 and 9.3).
 */
final class Framing {
  static final long NONE = -1;

  private long length;
  private @Nullable String lengthFault;
  private boolean transferCoded;
  private int chunked;
  private @Nullable String unknownCoding;
  private boolean close;
  private boolean keepAlive;

  Framing() {
    reset();
  }

  /** Another head begins. */
  void reset() {
    length = NONE;
    lengthFault = null;
    transferCoded = false;
    chunked = 0;
    unknownCoding = null;
    close = false;
    keepAlive = false;
  }

  /** Looks at a field. */
  void take(String name, String value) {
    switch (name.length()) {
      case 10 -> {
        if (name.equalsIgnoreCase("Connection")) {
          forEach(value, this::option);
        }
      }
      case 14 -> {
        if (name.equalsIgnoreCase("Content-Length")) {
          forEach(value, this::length);
        }
      }
      case 17 -> {
        if (name.equalsIgnoreCase("Transfer-Encoding")) {
          transferCoded = true;
          forEach(value, this::coding);
        }
      }
      default -> {
        // Says nothing of this.
      }
    }
  }

  private static void forEach(String list, Consumer<String> action) {
    int from = 0;
    for (int comma = list.indexOf(','); comma >= 0; comma = list.indexOf(',', from)) {
      action.accept(trimmed(list, from, comma));
      from = comma + 1;
    }
    action.accept(trimmed(list, from, list.length()));
  }

  private static String trimmed(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Line.isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && Line.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private void option(String option) {
    close |= option.equalsIgnoreCase("close");
    keepAlive |= option.equalsIgnoreCase("keep-alive");
  }

  /** Lengths that are equal count as one (section 6.3). */
  private void length(String text) {
    long found = 0;
    boolean valid = !text.isEmpty();
    for (int i = 0; i < text.length() && valid; i++) {
      int digit = text.charAt(i) - '0';
      valid = digit >= 0 && digit <= 9 && found <= (Long.MAX_VALUE - digit) / 10;
      found = 10 * found + digit;
    }
    if (!valid) {
      lengthFault = "Content-Length is not a number";
    } else if (length != NONE && length != found) {
      lengthFault = "lengths that differ";
    }
    length = found;
  }

  /** There was once a coding that changes nothing (RFC 2616, section 3.6). */
  private void coding(String coding) {
    if (coding.equalsIgnoreCase("chunked")) {
      chunked++;
    } else if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      unknownCoding = coding;
    }
  }

  /** {@return whether the content comes in chunks, whatever length is told beside} */
  boolean chunked() {
    return chunked > 0;
  }

  /** {@return how long the content is, or {@link #NONE} if that is not told} */
  long length() {
    return length;
  }

  /** {@return why it cannot be said where the message ends, or what it holds; null if it can} */
  @Nullable String fault() {
    if (unknownCoding != null) {
      String token = unknownCoding.split("[^A-Za-z0-9_.+-]", 2)[0].toLowerCase(Locale.ROOT);
      return "unsupported transfer coding: " + token.substring(0, Math.min(token.length(), 20));
    }
    if (chunked > 1) {
      return "chunked more than once";
    }
    return chunked() ? null : lengthFault;
  }

  /**
   * {@return whether the framing is right by the letter} If it is not, the connection is not used
   * again: someone on the way may have understood it otherwise (sections 6.1 and 6.3).
   *
   * @param since11 whether the message is of HTTP/1.1 or later, as transfer codings are
   */
  boolean beyondDoubt(boolean since11) {
    return !transferCoded || (chunked == 1 && since11 && length == NONE && lengthFault == null);
  }

  /** {@return whether the connection is kept} */
  boolean keepsAlive(boolean byDefault) {
    return !close && (byDefault || keepAlive);
  }
}
