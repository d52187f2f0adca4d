package io.httptrace.cli.options;

import org.jspecify.annotations.Nullable;

/**
 * A line of a file of options, as curl reads it.
 *
 * @param option the option, with one or two dashes
 * @param value its value, or null
 */
record ConfigLine(String option, @Nullable String value) {

  /**
   * {@return what a line says, or null if it is empty or a comment}
   *
   * @param text the line
   */
  static @Nullable ConfigLine parse(String text) {
    int start = skip(text, 0, "");
    if (start == text.length() || text.charAt(start) == '#' || text.charAt(start) == '*') {
      return null;
    }
    boolean dashed = text.charAt(start) == '-';
    String separators = dashed ? "" : "=:";
    int end = start;
    while (end < text.length()
        && !isBlank(text.charAt(end))
        && separators.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String option = (dashed ? "" : "--") + text.substring(start, end);
    int value = skip(text, end, separators);
    if (value == text.length()) {
      return new ConfigLine(option, null);
    }
    boolean quoted = text.charAt(value) == '"';
    return new ConfigLine(option, quoted ? quoted(text, value + 1) : word(text, value));
  }

  private static int skip(String text, int from, String separators) {
    int at = from;
    while (at < text.length()
        && (isBlank(text.charAt(at)) || separators.indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static String word(String text, int start) {
    int end = start;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private static String quoted(String text, int start) {
    StringBuilder value = new StringBuilder();
    for (int i = start; i < text.length() && text.charAt(i) != '"'; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        c = escaped(text.charAt(i));
      }
      value.append(c);
    }
    return value.toString();
  }

  private static char escaped(char letter) {
    return switch (letter) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'v' -> 0x0b;
      default -> letter;
    };
  }
}
