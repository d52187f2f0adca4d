package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CommandOptions.Exports;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for files that others can open. */
final class ExportArguments {

  @Option(
      names = "--har",
      paramLabel = "FILE",
      description =
          "Write what happened as HAR 1.2, which browsers open, too. With '-' it goes to standard "
              + "output, and all else to standard error.")
  private @Nullable String har;

  /**
   * {@return the files}
   *
   * @param body where the body goes
   * @throws CommandException if more than one of them is standard output
   */
  Exports toOptions(@Nullable String body) throws CommandException {
    Exports exports = new Exports(har);
    if ("-".equals(body) && exports.toStdout()) {
      throw CommandException.usage("-o - and --har - exclude each other");
    }
    return exports;
  }
}
