package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.render.text.Reasons;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses the words of the command line. */
public final class CommandSyntax {
  private CommandSyntax() {}

  /**
   * The result: either requests to make or a text to show.
   *
   * @param all the requests to make, one after the other; empty if there is a text
   * @param text a text to show, or null
   */
  public record Parsed(List<CommandOptions> all, @Nullable String text) {
    public Parsed {
      all = List.copyOf(all);
    }

    /** {@return the first request to make, or null} */
    public @Nullable CommandOptions options() {
      return all.isEmpty() ? null : all.get(0);
    }
  }

  /**
   * {@return the parsed command line}
   *
   * @param version the version to show, without the name of the command
   * @param stdin read for {@code -H @-}
   * @param args the arguments
   * @throws CommandException if they are invalid
   */
  public static Parsed parse(String version, InputStream stdin, String... args)
      throws CommandException {
    Arguments arguments = new Arguments();
    CommandLine syntax = of(arguments);
    syntax.addMixin("config", new ConfigArguments());
    CommandSpec options = syntax.getCommandSpec();
    options.usageMessage().exitCodeList(exitCodes());
    String[] words = OptionValues.join(options, args);
    String help = HelpArguments.helpAsked(options, List.of(words));
    if (help != null) {
      return new Parsed(List.of(), help);
    }
    parseJoined(syntax, UrlArguments.named(withFiles(options, stdin, words)));
    String text = arguments.help().text(options, version);
    return text == null
        ? new Parsed(arguments.toOptions(stdin), null)
        : new Parsed(List.of(), text);
  }

  /** {@return the words, with those of files of options} */
  private static String[] withFiles(CommandSpec options, InputStream stdin, String... words)
      throws CommandException {
    for (String word : words) {
      if (word.startsWith("-K=") || word.startsWith("--config=")) {
        return ConfigFile.expand(options, stdin, words);
      }
    }
    return words;
  }

  /**
   * Parses words into the fields of their syntax.
   *
   * @param syntax their syntax
   * @param words the words
   * @throws CommandException if they are invalid
   */
  static void parse(CommandLine syntax, String... words) throws CommandException {
    parseJoined(syntax, OptionValues.join(syntax.getCommandSpec(), words));
  }

  private static void parseJoined(CommandLine syntax, String... words) throws CommandException {
    try {
      syntax.parseArgs(words);
    } catch (UnmatchedArgumentException e) {
      throw unknown(syntax, e);
    } catch (ParameterException e) {
      throw CommandException.usage(withSmallInitial(Reasons.of(e)));
    }
  }

  /**
   * {@return the syntax of arguments}
   *
   * @param arguments an object with fields for them
   */
  static CommandLine of(Object arguments) {
    CommandLine syntax = new CommandLine(arguments);
    syntax.setExpandAtFiles(false); // "-d @FILE" is ours to read
    syntax.getCommandSpec().parser().allowOptionsAsOptionParameters(true); // "-d -I" sends "-I"
    syntax.setEndOfOptionsDelimiter(OptionValues.END_OF_OPTIONS);
    syntax.setOverwrittenOptionsAllowed(true); // as with curl, the last one counts
    syntax.setUsageHelpAutoWidth(false);
    syntax.setUsageHelpLongOptionsMaxWidth(30);
    return syntax;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> exitCodes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      exitCodes.put(String.format(Locale.ROOT, "%3d", code.number()), code.meaning());
    }
    return exitCodes;
  }

  private static CommandException unknown(CommandLine syntax, UnmatchedArgumentException error) {
    String message = withSmallInitial(Reasons.of(error));
    if (error.getUnmatched().size() > 1) {
      return CommandException.usage(message);
    }
    return CommandException.usage(
        NearestOption.to(syntax.getCommandSpec(), error.getUnmatched().get(0))
            .map(option -> message + "; did you mean " + option + "?")
            .orElse(message));
  }

  private static String withSmallInitial(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** {@return the help} */
  static String help(CommandLine syntax) {
    StringWriter text = new StringWriter();
    syntax.usage(new PrintWriter(text), Ansi.OFF);
    return text.toString();
  }
}
