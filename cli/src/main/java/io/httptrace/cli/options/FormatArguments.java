package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the form of the output. */
final class FormatArguments {

  @Option(
      names = "--format",
      paramLabel = "text|json|jsonl|csv",
      description =
          "The form of the output. text is the picture, and the default; json is one document; "
              + "jsonl a line of JSON for each request; csv a line for each round trip.")
  private @Nullable String format;

  OutputFormat toFormat() throws CommandException {
    return OutputFormat.parse(format);
  }
}
