package io.httptrace.cli.text;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.render.text.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One {@code -H}, as curl reads it: {@code Name: value} sends a field, {@code Name;} sends it with
 * an empty value, and {@code Name:} leaves out a field the command would have sent by itself.
 *
 * @param name the field's name
 * @param value the field's value; null to leave the field out
 */
public record HeaderLine(String name, @Nullable String value) {

  /** Characters allowed in a name, besides letters and digits (RFC 9110, section 5.6.2). */
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
      String value = stripped(argument.substring(colon + 1));
      header =
          new HeaderLine(stripped(argument.substring(0, colon)), value.isEmpty() ? null : value);
    } else if (argument.length() > 1 && argument.endsWith(";")) {
      header = new HeaderLine(stripped(argument.substring(0, argument.length() - 1)), "");
    } else {
      throw CommandException.usage("-H: '" + argument + "' is not 'NAME: VALUE'");
    }
    if (!isToken(header.name)) {
      throw CommandException.usage("-H: '" + header.name + "' is not a name of a header field");
    }
    if (header.value != null) {
      checkFieldValue("-H: the value of '" + header.name + "'", header.value);
    }
    return header;
  }

  /** Removes blanks and tabs around a text, but nothing else (RFC 9110, section 5.6.3). */
  private static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /**
   * {@return the headers of several arguments, in order}
   *
   * @param arguments the arguments of {@code -H}; {@code @FILE} stands for the lines of a file, and
   *     {@code @-} for those of standard input
   * @param stdin read for {@code @-}
   * @throws CommandException if one does not describe a header, or a file cannot be read
   */
  public static List<HeaderLine> of(List<String> arguments, InputStream stdin)
      throws CommandException {
    List<HeaderLine> headers = new ArrayList<>();
    for (String argument : arguments) {
      if (!argument.startsWith("@")) {
        headers.add(parse(argument));
        continue;
      }
      for (String line : read(argument.substring(1), stdin).lines().toList()) {
        if (!stripped(line).isEmpty()) {
          headers.add(parse(line));
        }
      }
    }
    return headers;
  }

  private static String read(String file, InputStream stdin) throws CommandException {
    try {
      byte[] bytes = file.equals("-") ? stdin.readAllBytes() : new LocalFile(file).readAllBytes();
      return Octets.decode(bytes);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.READ_ERROR, "-H: cannot read '" + file + "': " + Reasons.of(e));
    }
  }

  /**
   * {@return whether this is for the field of that name}
   *
   * @param field a name, in any case
   */
  public boolean isFor(String field) {
    return name.equalsIgnoreCase(field);
  }

  /**
   * {@return whether a text is a token, as names of fields and methods are}
   *
   * @param text the text
   */
  public static boolean isToken(String text) {
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
   * Checks that a text can be sent as the value of a field. It need not be ASCII.
   *
   * @param what the name of the text, for the error
   * @param text the text
   * @throws CommandException if it holds a control character (RFC 9110, section 5.5)
   */
  public static void checkFieldValue(String what, String text) throws CommandException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c)) {
        throw CommandException.usage(
            String.format(
                Locale.ROOT, "%s holds a character that cannot be sent: \\x%02x", what, (int) c));
      }
    }
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  /**
   * {@return whether a text can be sent as the value of a field}
   *
   * @param text the text
   */
  public static boolean isFieldValue(String text) {
    return text.chars().noneMatch(HeaderLine::isControl);
  }
}
