package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param name its name, or null for none
 * @param source where its content is
 * @param content the content, or the name of the file with it, {@code -} for standard input
 * @param type its media type, or null if none is given
 * @param fileName the name of the file for the server, or null if none is given
 */
public record FormField(
    @Nullable String name,
    Source source,
    String content,
    @Nullable String type,
    @Nullable String fileName) {

  /** Where the content of a field is. */
  public enum Source {
    /** In the argument. */
    TEXT,
    /** In a file, which is uploaded as a file: {@code @FILE}. */
    FILE,
    /** In a file, which is not: {@code <FILE}. */
    TEXT_OF_FILE
  }

  /**
   * {@return the field of a {@code --form-string}}
   *
   * @param argument {@code NAME=TEXT}
   * @throws CommandException if it has no equals sign
   */
  static FormField literal(String argument) throws CommandException {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      throw CommandException.usage("--form-string: '" + argument + "' is not 'NAME=TEXT'");
    }
    return new FormField(
        nameBefore(equals, argument), Source.TEXT, argument.substring(equals + 1), null, null);
  }

  /** {@return the name before an equals sign, or null if it is empty} */
  static @Nullable String nameBefore(int equals, String argument) {
    return equals == 0 ? null : argument.substring(0, equals);
  }
}
