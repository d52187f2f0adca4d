package io.httptrace.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for files of options. They have had their effect before the words are parsed. */
final class ConfigArguments {

  @Option(
      names = {"-K", "--config"},
      paramLabel = "FILE",
      description = "Read options from a file, one on each line; '-' is standard input.")
  void config(@Nullable String file) {
    // ConfigFile has put what the file holds in its place.
  }

  @Option(
      names = {"-q", "--disable"},
      description = "As the first option: do not read ~/.httptracerc.")
  void disable(boolean given) {
    // The command looks at the first word.
  }
}
