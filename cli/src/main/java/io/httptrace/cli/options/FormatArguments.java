package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the form of the output. */
final class FormatArguments {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "What to print: text, the picture; json, one document; jsonl, a line of JSON for each "
              + "request; csv, a line for each round trip. Default: text.")
  private @Nullable String format;

  OutputFormat toFormat() throws CommandException {
    return OutputFormat.parse(format);
  }
}
