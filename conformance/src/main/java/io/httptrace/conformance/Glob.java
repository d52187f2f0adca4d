package io.httptrace.conformance;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text in which {@code *} stands for any characters. Used for names of recordings and events.
 *
 * @param text the text
 */
public record Glob(String text) {

  /**
   * {@return a glob}
   *
   * @param text the text
   */
  public static Glob of(String text) {
    return new Glob(text);
  }

  /** {@return whether it has a {@code *}; otherwise it matches its own text only} */
  public boolean isPattern() {
    return text.contains("*");
  }

  /**
   * {@return whether it matches the whole of a text}
   *
   * @param other the text
   */
  public boolean matches(String other) {
    return pattern().matcher(other).matches();
  }

  /**
   * {@return a text that matches, with other text around what the {@code *} stand for; a text that
   * does not match is left as it is}
   *
   * @param other the text
   * @param replacement its first {@code *} stands for what the first one here does, and so on
   */
  public String replace(String other, String replacement) {
    Matcher matcher = pattern().matcher(other);
    if (!matcher.matches()) {
      return other;
    }
    StringBuilder result = new StringBuilder();
    int star = 0;
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      boolean taken = c == '*' && star < matcher.groupCount();
      result.append(taken ? matcher.group(++star) : String.valueOf(c));
    }
    return result.toString();
  }

  private Pattern pattern() {
    return Pattern.compile(
        Arrays.stream(text.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("(.*)")),
        Pattern.DOTALL);
  }
}
