package io.httptrace.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One {@code --cert}, as curl reads it: {@code FILE} or {@code FILE:PASSWORD}. A colon or a
 * backslash that belongs to the name of the file has a backslash before it.
 *
 * @param path the file
 * @param password opens the key, or null for none
 */
record CertificateFile(Path path, @Nullable String password) {

  /**
   * {@return the file an argument names}
   *
   * @param argument the argument
   * @throws CommandException if it cannot be the name of a file
   */
  static CertificateFile parse(String argument) throws CommandException {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == ':') {
        return new CertificateFile(path(name), argument.substring(i + 1));
      }
      boolean escapes =
          c == '\\' && i + 1 < argument.length() && "\\:".indexOf(argument.charAt(i + 1)) >= 0;
      if (escapes) {
        i++;
      }
      name.append(argument.charAt(i));
    }
    return new CertificateFile(path(name), null);
  }

  private static Path path(CharSequence name) throws CommandException {
    return OptionText.path("--cert", name.toString());
  }

  /** {@return the file, and of the password, whether there is one} */
  @Override
  public String toString() {
    return path + (password == null ? "" : ":***");
  }
}
