package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.help.HelpText;
import io.httptrace.cli.help.ManualPage;
import io.httptrace.cli.help.ShellCompletion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that only make the command tell about itself. */
final class HelpArguments {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print the most important options, or those about one of the words it lists.")
  void help(boolean given) {
    // It is looked for before all else: see helpAsked.
  }

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;

  @Option(names = "--man", description = "Print the manual page, for 'man -l -'.")
  private boolean man;

  @Option(
      names = "--completion",
      paramLabel = "bash|zsh|fish",
      description = "Print a script that completes options in a shell.")
  private @Nullable String completion;

  /**
   * {@return what {@code --help} is to print, or null if it was not given} The word behind it is
   * its topic.
   *
   * @param syntax the options there are
   * @param words the words of the command line, each with its value
   * @throws CommandException if there is no such topic
   */
  static @Nullable String helpAsked(CommandSpec syntax, List<String> words)
      throws CommandException {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(OptionValues.END_OF_OPTIONS)) {
        return null;
      }
      if (word.equals("-h") || word.equals("--help")) {
        String next = i + 1 < words.size() ? words.get(i + 1) : OptionValues.END_OF_OPTIONS;
        boolean none = next.startsWith("-") || next.equals(OptionValues.END_OF_OPTIONS);
        return topic(syntax, none ? null : next);
      }
      if (word.startsWith("--help=")) {
        return topic(syntax, word.substring("--help=".length()));
      }
    }
    return null;
  }

  private static String topic(CommandSpec syntax, @Nullable String topic) throws CommandException {
    String text = HelpText.of(syntax, topic);
    if (text == null) {
      throw CommandException.usage(
          "--help: there is none about '"
              + topic
              + "', only about "
              + String.join(", ", HelpText.topics(syntax)));
    }
    return text;
  }

  /**
   * {@return what else is to be printed about the command, or null}
   *
   * @param syntax the options there are
   * @param number the version of the command
   * @throws CommandException if there is nothing for such a shell
   */
  @Nullable String text(CommandSpec syntax, String number) throws CommandException {
    if (version) {
      return "httptrace " + number + System.lineSeparator();
    }
    if (man) {
      return ManualPage.of(syntax, number);
    }
    if (completion == null) {
      return null;
    }
    String script = ShellCompletion.of(syntax, completion);
    if (script == null) {
      throw CommandException.usage("--completion: '" + completion + "' is not bash, zsh or fish");
    }
    return script;
  }
}
