package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.InputFile;
import io.httptrace.cli.text.Octets;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A file of options in the form of curl's {@code -K}: one on each line, with its value after
 * blanks, a colon or an equals sign; in quotation marks if there are blanks in it.
 */
final class ConfigFile {
  /** Files can name files. */
  private static final int MAX_DEPTH = 20;

  private final CommandSpec options;
  private final InputStream stdin;

  private ConfigFile(CommandSpec options, InputStream stdin) {
    this.options = options;
    this.stdin = stdin;
  }

  /**
   * {@return words with the options of the files in the places of the {@code -K} that name them}
   *
   * @param options the known options
   * @param stdin read for {@code -K -}
   * @param words the words, each option joined with its value
   * @throws CommandException if a file cannot be read, or has a line that is no option
   */
  static String[] expand(CommandSpec options, InputStream stdin, String... words)
      throws CommandException {
    return new ConfigFile(options, stdin).expand(List.of(words), 0).toArray(String[]::new);
  }

  private List<String> expand(List<String> words, int depth) throws CommandException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(OptionValues.END_OF_OPTIONS)) {
        all.addAll(words.subList(i, words.size()));
        return all;
      }
      String file = fileOf(word);
      if (file == null) {
        all.add(word);
      } else if (depth == MAX_DEPTH) {
        throw CommandException.usage("-K: '" + file + "' is named by too many files in turn");
      } else {
        all.addAll(expand(read(file), depth + 1));
      }
    }
    return all;
  }

  private static @Nullable String fileOf(String word) {
    if (word.startsWith("-K=")) {
      return word.substring("-K=".length());
    }
    return word.startsWith("--config=") ? word.substring("--config=".length()) : null;
  }

  private List<String> read(String file) throws CommandException {
    String text = Octets.decode(InputFile.read("-K", file, stdin));
    List<String> words = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      ConfigLine parsed = ConfigLine.parse(line);
      if (parsed != null) {
        add(words, parsed.option(), parsed.value(), "-K: " + file + ":" + number + ": ");
      }
    }
    return words;
  }

  /**
   * Joins an option with its value, as {@link OptionValues} does with those of the command line.
   */
  private void add(List<String> words, String name, @Nullable String value, String where)
      throws CommandException {
    OptionSpec letter =
        name.startsWith("--") || name.length() < 3 ? null : options.findOption(name.charAt(1));
    if (letter != null && takesValue(letter)) {
      words.add(name.substring(0, 2) + "=" + name.substring(2));
      return;
    }
    if (letter != null) {
      words.add(name.substring(0, 2));
      add(words, "-" + name.substring(2), value, where);
      return;
    }
    OptionSpec option = options.findOption(name);
    if (option == null) {
      String near =
          NearestOption.to(options, name).map(it -> "; did you mean " + it + "?").orElse("");
      throw CommandException.usage(where + "unknown option: '" + name + "'" + near);
    }
    boolean comment = value == null || value.startsWith("#");
    if (!option.fallbackValue().isEmpty()) {
      words.add(name + "=" + (comment ? option.fallbackValue() : value));
    } else if (takesValue(option)) {
      if (value == null) {
        throw CommandException.usage(where + "'" + name + "' needs a value");
      }
      words.add(name + "=" + value);
    } else if (comment) {
      words.add(name);
    } else {
      throw CommandException.usage(where + "'" + name + "' takes no value, as '" + value + "'");
    }
  }

  private static boolean takesValue(OptionSpec option) {
    return option.arity().min() > 0;
  }
}
