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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses the words of the command line. */
public final class CommandSyntax {
  private CommandSyntax() {}

  /**
   * The result: exactly one of the two.
   *
   * @param options a request to make, or null
   * @param text a text to show, or null
   */
  public record Parsed(@Nullable CommandOptions options, @Nullable String text) {}

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
    syntax.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    String help =
        HelpArguments.helpAsked(
            syntax.getCommandSpec(), List.of(OptionValues.join(syntax.getCommandSpec(), args)));
    if (help != null) {
      return new Parsed(null, help);
    }
    parse(syntax, args);
    String text = arguments.help().text(syntax.getCommandSpec(), version);
    return text == null ? new Parsed(arguments.toOptions(stdin), null) : new Parsed(null, text);
  }

  /**
   * Parses words into the fields of their syntax.
   *
   * @param syntax their syntax
   * @param words the words
   * @throws CommandException if they are invalid
   */
  static void parse(CommandLine syntax, String... words) throws CommandException {
    try {
      syntax.parseArgs(OptionValues.join(syntax.getCommandSpec(), words));
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
