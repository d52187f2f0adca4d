package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * Where the body of one URL goes: an {@code -o} or {@code -O}.
 *
 * @param name the name of {@code -o}; null to take it from the URL
 */
record BodyDestination(@Nullable String name) {

  /** That of {@code -O}. */
  static final BodyDestination REMOTE_NAME = new BodyDestination(null);

  /**
   * {@return the name of the file, or {@code -}}
   *
   * @param url the URL as it was given, or null for the embedded server
   * @throws CommandException if the URL has no name for a file
   */
  String fileFor(@Nullable String url) throws CommandException {
    if (name != null) {
      return name;
    }
    String end = url == null ? "" : endOfPath(url);
    if (end.isEmpty()) {
      throw new CommandException(
          ExitCode.WRITE_ERROR, "-O: the URL does not end with a name for the file");
    }
    return end.equals("-") ? "./-" : end;
  }

  /** {@return what follows the last slash of the path} As with curl, it is not decoded. */
  private static String endOfPath(String url) {
    String path =
        url.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:/{1,3}", "").replaceFirst("[?#].*", "");
    return path.substring(path.indexOf('/') < 0 ? path.length() : path.lastIndexOf('/') + 1);
  }
}
