package io.httptrace.cli;

import org.jspecify.annotations.Nullable;

/**
 * One {@code -H}, as curl reads it: {@code Name: value} sends a field, {@code Name;} sends it with
 * an empty value, and {@code Name:} leaves out a field the command would have sent by itself.
 *
 * @param name the field's name
 * @param value the field's value; null to leave the field out
 */
record HeaderLine(String name, @Nullable String value) {

  /** What a name may hold beside letters and digits (RFC 9110, section 5.6.2). */
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  /**
   * {@return the header an argument describes}
   *
   * @param argument the argument of {@code -H}
   * @throws CommandException if it does not describe one
   */
  static HeaderLine parse(String argument) throws CommandException {
    int colon = argument.indexOf(':');
    HeaderLine header;
    if (colon > 0) {
      String value = argument.substring(colon + 1).strip();
      header = new HeaderLine(argument.substring(0, colon).strip(), value.isEmpty() ? null : value);
    } else if (argument.length() > 1 && argument.endsWith(";")) {
      header = new HeaderLine(argument.substring(0, argument.length() - 1).strip(), "");
    } else {
      throw CommandException.usage("-H: '" + argument + "' is not 'NAME: VALUE'");
    }
    if (!isToken(header.name)) {
      throw CommandException.usage("-H: '" + header.name + "' is not a name of a header field");
    }
    if (header.value != null && !isFieldValue(header.value)) {
      throw CommandException.usage(
          "-H: the value of '" + header.name + "' holds a character that cannot be sent");
    }
    return header;
  }

  /**
   * {@return whether this is about the field of that name}
   *
   * @param field a name, in any case
   */
  boolean isFor(String field) {
    return name.equalsIgnoreCase(field);
  }

  /**
   * {@return whether a text is a token, as names of fields and methods are}
   *
   * @param text the text
   */
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= '0' && c <= '9')
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }

  /**
   * {@return whether a text can be sent as the value of a field}
   *
   * @param text the text
   */
  static boolean isFieldValue(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
  }
}
