package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.FormField.Source;
import io.httptrace.cli.text.HeaderLine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses a {@code -F}, as curl reads it: {@code NAME=CONTENT}, {@code NAME=@FILE} or {@code
 * NAME=<FILE}, and then {@code ;type=} and {@code ;filename=}. A content or name in double quotes
 * may hold semicolons, and quotes behind backslashes. Blanks around what is not quoted are no part
 * of it. What curl only warns of, or has besides, is refused.
 */
final class FormFieldSyntax {
  private static final Pattern TYPE = Pattern.compile("[^/ ]+/[^;, \n]+");

  private final String text;
  private final boolean file;
  private int at;
  private @Nullable String fileName;
  private int typeStart = -1;
  private int typeEnd = -1;
  private boolean typeOpen;

  private FormFieldSyntax(String text, int start, boolean file) {
    this.text = text;
    this.at = start;
    this.file = file;
  }

  /**
   * {@return the field that an argument describes}
   *
   * @param argument the argument of {@code -F}
   * @throws CommandException if it does not describe one
   */
  static FormField parse(String argument) throws CommandException {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      throw CommandException.usage("-F: '" + argument + "' is not 'NAME=CONTENT'");
    }
    String name = FormField.nameBefore(equals, argument);
    int start = equals + 1;
    char mark = start < argument.length() ? argument.charAt(start) : '\0';
    if (mark == '(' || (name == null && argument.equals("=)"))) {
      throw CommandException.usage(
          "-F: '" + mark + "' for a group of parts is not supported; --form-string sends it");
    }
    Source source =
        switch (mark) {
          case '@' -> Source.FILE;
          case '<' -> Source.TEXT_OF_FILE;
          default -> Source.TEXT;
        };
    int content = source == Source.TEXT ? start : start + 1;
    return new FormFieldSyntax(argument, content, source == Source.FILE).field(name, source);
  }

  private FormField field(@Nullable String name, Source source) throws CommandException {
    skipBlanks();
    String content = word();
    while (at < text.length() && text.charAt(at) == ';') {
      at++;
      skipBlanks();
      parameter();
    }
    if (at < text.length()) {
      throw CommandException.usage(
          "-F: several files in one field are not supported; quote a name with a comma in it");
    }
    if (source == Source.TEXT_OF_FILE && fileName != null) {
      throw CommandException.usage("-F: 'filename=' cannot be given with '<'");
    }
    String type = typeStart < 0 ? null : text.substring(typeStart, typeEnd);
    if (type != null) {
      HeaderLine.checkFieldValue("-F: the type", type);
    }
    return new FormField(name, source, content, type, fileName);
  }

  private void parameter() throws CommandException {
    if (!typeOpen && isNext("type=")) {
      type();
    } else if (isNext("filename=")) {
      typeOpen = false;
      at += "filename=".length();
      skipBlanks();
      fileName = word();
    } else if (isNext("headers=") || isNext("encoder=")) {
      String name = text.substring(at, text.indexOf('=', at) + 1);
      throw CommandException.usage("-F: '" + name + "' is not supported");
    } else if (typeOpen) {
      restOfType();
    } else if (!word().isEmpty()) {
      throw CommandException.usage(
          "-F: only 'type=' and 'filename=' can follow a semicolon; quotes around the content, or"
              + " --form-string, send the semicolon");
    }
  }

  private void type() throws CommandException {
    at += "type=".length();
    skipBlanks();
    Matcher type = TYPE.matcher(text).region(at, text.length());
    if (!type.lookingAt()) {
      throw CommandException.usage("-F: '" + text.substring(at) + "' is not a media type");
    }
    typeStart = at;
    at = type.end();
    typeEnd = at;
    typeOpen = true;
    restOfType();
  }

  /** A type may have parameters of its own, such as a charset. */
  private void restOfType() {
    for (; !isAtEnd(); at++) {
      if (!isBlank(text.charAt(at))) {
        typeEnd = at + 1;
      }
    }
  }

  private String word() throws CommandException {
    int closing = at < text.length() && text.charAt(at) == '"' ? closingQuote(at + 1) : -1;
    if (closing >= 0) {
      String quoted = text.substring(at + 1, closing).replaceAll("\\\\([\\\\\"])", "$1");
      at = closing + 1;
      skipBlanks();
      if (!isAtEnd()) {
        throw CommandException.usage("-F: there is something after the closing quote");
      }
      return quoted;
    }
    int start = at;
    int end = at;
    for (; !isAtEnd(); at++) {
      if (!isBlank(text.charAt(at))) {
        end = at + 1;
      }
    }
    return text.substring(start, end);
  }

  /** {@return where the quote ends, or -1 if it does not: then it is none} */
  private int closingQuote(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i;
      }
      boolean escape =
          c == '\\' && i + 1 < text.length() && "\\\"".indexOf(text.charAt(i + 1)) >= 0;
      if (escape) {
        i++;
      }
    }
    return -1;
  }

  private boolean isAtEnd() {
    return at == text.length() || text.charAt(at) == ';' || (file && text.charAt(at) == ',');
  }

  private boolean isNext(String prefix) {
    return text.regionMatches(true, at, prefix, 0, prefix.length());
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
