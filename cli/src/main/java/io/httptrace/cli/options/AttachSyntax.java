package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Parses the words after {@code httptrace attach}. */
public final class AttachSyntax {
  private AttachSyntax() {}

  /**
   * The result: exactly one of the two.
   *
   * @param options what to do, or null
   * @param text a text to show, or null
   */
  public record Parsed(@Nullable AttachOptions options, @Nullable String text) {}

  /**
   * {@return the parsed words}
   *
   * @param words the words
   * @throws CommandException if they are invalid
   */
  public static Parsed parse(String... words) throws CommandException {
    AttachArguments arguments = new AttachArguments();
    CommandLine syntax = CommandSyntax.of(arguments);
    CommandSyntax.parse(syntax, words);
    return arguments.help()
        ? new Parsed(null, CommandSyntax.help(syntax))
        : new Parsed(arguments.toOptions(), null);
  }
}
