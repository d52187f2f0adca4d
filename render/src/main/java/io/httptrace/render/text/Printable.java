package io.httptrace.render.text;

import java.util.Locale;

/** Text from outside, made fit for a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * {@return the text with each control character replaced by its escape, such as {@code \x1b}} A
   * server must not be able to move the cursor.
   *
   * @param given any text; see {@link FieldText#readable}
   */
  public static String text(String given) {
    String text = FieldText.readable(given);
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                printable.append(String.format(Locale.ROOT, "\\x%02x", c));
              } else {
                printable.append((char) c);
              }
            });
    return printable.toString();
  }
}
