package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.OptionText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for making a request again. */
final class RetryArguments {

  @Option(
      names = "--retry",
      paramLabel = "NUMBER",
      description =
          "Make the request again, at most so often, if a limit ran out, the name was not found, or "
              + "the status is 408, 429, 500, 502, 503 or 504.")
  private String count = "0";

  @Option(
      names = "--retry-delay",
      paramLabel = "SECONDS",
      description = "The pause before it. Default: 1, then twice as long each time.")
  private @Nullable String delay;

  @Option(
      names = "--retry-max-time",
      paramLabel = "SECONDS",
      description = "Do not begin again after this time.")
  private @Nullable String maxTime;

  @Option(names = "--retry-all-errors", description = "Make it again after any failure.")
  private boolean allErrors;

  @Option(
      names = "--retry-connrefused",
      description = "Make it again if the connection was refused, too.")
  private boolean refused;

  RetryOptions toOptions() throws CommandException {
    if (!count.matches("[0-9]{1,9}")) {
      throw CommandException.usage("--retry: '" + count + "' is not a number");
    }
    return new RetryOptions(
        Integer.parseInt(count),
        OptionText.seconds("--retry-delay", delay),
        OptionText.seconds("--retry-max-time", maxTime),
        allErrors,
        refused);
  }
}
