package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CommandOptions.Color;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code httptrace attach}, as picocli fills them in. */
@Command(
    name = "httptrace attach",
    sortOptions = false,
    customSynopsis = "httptrace attach [OPTION]... PID|MAIN-CLASS",
    description = {
      "Shows the requests that a running JVM makes with the JDK's client and with OkHttp, one line "
          + "for each, until Ctrl-C, which leaves the JVM as it was.%n"
    },
    optionListHeading = "Options:%n",
    footerHeading = "%n",
    footer = {
      "The JVM has to be of the same user, with Java 17 or newer. One of 21 or newer warns in its "
          + "own output that an agent has been loaded."
    })
final class AttachArguments {

  @Parameters(
      paramLabel = "PID|MAIN-CLASS",
      arity = "0..*",
      hideParamSyntax = true,
      description = "The process, or its main class or jar, with or without package or directory.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "What to print for each request: text, a line with its time; jsonl, its timeline as a "
              + "line of JSON. Default: text.")
  private @Nullable String format;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "When to use colour: auto, always or never.")
  private @Nullable String color;

  @Option(
      names = "--show-secrets",
      description = "Do not mask credentials, cookies, and the values in the URL's query.")
  private boolean showSecrets;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;

  /** {@return whether only the help is wanted} */
  boolean help() {
    return help;
  }

  AttachOptions toOptions() throws CommandException {
    if (targets.size() != 1) {
      throw CommandException.usage(
          targets.isEmpty()
              ? "attach: name a process by its number, or a main class"
              : "attach: only one JVM can be watched, there are " + targets.size());
    }
    return new AttachOptions(targets.get(0), format(), Color.of(color), showSecrets);
  }

  /** No document: it would end only when nobody watches any more. */
  private OutputFormat format() throws CommandException {
    return switch (format == null ? "text" : format) {
      case "text" -> OutputFormat.TEXT;
      case "jsonl" -> OutputFormat.JSONL;
      default ->
          throw CommandException.usage("attach: --format: '" + format + "' is not text or jsonl");
    };
  }
}
