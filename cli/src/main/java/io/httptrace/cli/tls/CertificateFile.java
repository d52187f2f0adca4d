package io.httptrace.cli.tls;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.text.OptionText;
import org.jspecify.annotations.Nullable;

/**
 * One {@code --cert}, as curl reads it: {@code FILE} or {@code FILE:PASSWORD}. A colon or a
 * backslash that belongs to the name of the file has a backslash before it.
 *
 * @param file the file
 * @param password opens the key, or null for none
 */
public record CertificateFile(LocalFile file, @Nullable String password) {

  /**
   * {@return the file that an argument names}
   *
   * @param argument the argument
   * @throws CommandException if it cannot be the name of a file
   */
  public static CertificateFile parse(String argument) throws CommandException {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == ':') {
        return new CertificateFile(file(name), argument.substring(i + 1));
      }
      boolean escapes =
          c == '\\' && i + 1 < argument.length() && "\\:".indexOf(argument.charAt(i + 1)) >= 0;
      if (escapes) {
        i++;
      }
      name.append(argument.charAt(i));
    }
    return new CertificateFile(file(name), null);
  }

  private static LocalFile file(CharSequence name) throws CommandException {
    return OptionText.file("--cert", name.toString());
  }

  /** {@return the file, and whether there is a password, which is not shown} */
  @Override
  public String toString() {
    return file + (password == null ? "" : ":***");
  }
}
