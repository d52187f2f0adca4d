package io.httptrace.cli.failure;

import static java.util.Objects.requireNonNull;

/** Why the command ends before it has made a request. The message is one line for the user. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * Makes an exception.
   *
   * @param exitCode the exit code of the command
   * @param message what is wrong, and with which argument
   */
  public CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = requireNonNull(exitCode, "exitCode");
  }

  /** {@return the exit code of the command} */
  public ExitCode exitCode() {
    return exitCode;
  }

  /**
   * {@return an exception for an invalid argument}
   *
   * @param message what is wrong, and with which argument
   */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
