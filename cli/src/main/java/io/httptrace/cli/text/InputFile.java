package io.httptrace.cli.text;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.render.text.Reasons;
import java.io.IOException;
import java.io.InputStream;

/** Reads files that options name. Errors name the option. */
public final class InputFile {
  private InputFile() {}

  /**
   * {@return the content of a file}
   *
   * @param option the option, for the error
   * @param name the name of the file; {@code -} is standard input
   * @param stdin standard input
   * @throws CommandException if it cannot be read
   */
  public static byte[] read(String option, String name, InputStream stdin) throws CommandException {
    try {
      return name.equals("-") ? stdin.readAllBytes() : new LocalFile(name).readAllBytes();
    } catch (IOException e) {
      throw unreadable(option, name, e);
    }
  }

  /**
   * {@return the error for a file that cannot be read}
   *
   * @param option the option that names it
   * @param name its name
   * @param error why
   */
  public static CommandException unreadable(String option, String name, IOException error) {
    return new CommandException(
        ExitCode.READ_ERROR, option + ": cannot read '" + name + "': " + Reasons.of(error));
  }
}
