package io.httptrace.client.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads fields whose value is a list (RFC 9110, section 5.6.1). A list may be spread over several
 * lines, have blanks around its elements, and elements that are empty and do not count (section
 * 5.3). A comma in quotes separates nothing.
 */
public final class TokenList {
  private TokenList() {}

  /**
   * {@return the elements}
   *
   * @param lines the values of all lines of the field, in order
   */
  public static List<String> of(List<String> lines) {
    List<String> elements = new ArrayList<>(lines.size());
    for (String line : lines) {
      int start = 0;
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (c == '"') {
          quoted = !quoted;
        } else if (c == '\\' && quoted) {
          i++;
        } else if (c == ',' && !quoted) {
          add(elements, line, start, i);
          start = i + 1;
        }
      }
      add(elements, line, start, line.length());
    }
    return elements;
  }

  private static void add(List<String> elements, String line, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      elements.add(line.substring(start, end));
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /**
   * {@return whether a token, in any case, is among the elements}
   *
   * @param lines the values of all lines of the field
   * @param token the token
   */
  public static boolean contains(List<String> lines, String token) {
    return !lines.isEmpty() && of(lines).stream().anyMatch(token::equalsIgnoreCase);
  }

  /**
   * {@return whether a token, in any case, is all there is in the list} More than once is no more
   * than once.
   *
   * @param lines the values of all lines of the field
   * @param token the token
   */
  public static boolean isOnly(List<String> lines, String token) {
    List<String> elements = of(lines);
    return !elements.isEmpty() && elements.stream().allMatch(token::equalsIgnoreCase);
  }
}
