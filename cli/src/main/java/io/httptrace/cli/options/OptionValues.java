package io.httptrace.cli.options;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Joins each option with its value, as curl finds it. The value of a one-letter option is the rest
 * of the word, including an equals sign, or else the whole next word, whatever that looks like. An
 * option of our own may leave its value out: then the next word is its value if it is a number.
 */
final class OptionValues {
  /** Stands for {@code --} where that ends the options; no argument can be equal to it. */
  static final String END_OF_OPTIONS = "\0";

  private final CommandSpec options;
  private final Deque<String> words;
  private final List<String> joined = new ArrayList<>();

  private OptionValues(CommandSpec options, String... words) {
    this.options = options;
    this.words = new ArrayDeque<>(List.of(words));
  }

  /**
   * {@return the same words, with {@code NAME=VALUE} for each option that has a value}
   *
   * @param options the known options
   * @param words the words of the command line
   */
  static String[] join(CommandSpec options, String... words) {
    return new OptionValues(options, words).join().toArray(String[]::new);
  }

  private List<String> join() {
    while (!words.isEmpty()) {
      String word = words.remove();
      if (word.equals("--")) {
        joined.add(END_OF_OPTIONS);
        joined.addAll(words);
        return joined;
      }
      if (word.startsWith("--")) {
        add(word, options.findOption(word));
      } else if (word.startsWith("-") && word.length() > 1) {
        split(word.substring(1));
      } else {
        joined.add(word);
      }
    }
    return joined;
  }

  /** Options without a value may come before one with a value in the same word. */
  private void split(String letters) {
    for (int i = 0; i < letters.length(); i++) {
      String name = "-" + letters.charAt(i);
      String rest = letters.substring(i + 1);
      OptionSpec option = options.findOption(letters.charAt(i));
      if (option == null) {
        joined.add(name + rest);
        return;
      }
      if (hasValue(option) && !rest.isEmpty()) {
        joined.add(name + "=" + rest);
        return;
      }
      add(name, option);
    }
  }

  private void add(String name, @Nullable OptionSpec option) {
    if (option != null && !option.fallbackValue().isEmpty()) {
      String next = words.peek();
      boolean given = next != null && next.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+");
      joined.add(name + "=" + (given ? words.remove() : option.fallbackValue()));
      return;
    }
    String value = option != null && hasValue(option) ? words.poll() : null;
    joined.add(value == null ? name : name + "=" + value);
  }

  private static boolean hasValue(OptionSpec option) {
    return option.arity().min() > 0;
  }
}
