package io.httptrace.cli.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option, as the syntax has it.
 *
 * @param names its names, the shortest first
 * @param label what stands for its value; empty if it has none
 * @param description what it does
 * @param theme what it is about
 * @param repeatable whether it can be given several times, and each counts
 */
record DescribedOption(
    List<String> names, String label, String description, Theme theme, boolean repeatable) {

  /** Up to a full stop or a semicolon before a blank, unless that is in quotes. */
  private static final Pattern SENTENCE =
      Pattern.compile("(?:(?<=\\w)'(?=\\w)|'[^']*'|[^'.;]|[.;](?! |$))*");

  DescribedOption {
    names = List.copyOf(names);
  }

  /** {@return all options of a syntax that are not hidden, in their order} */
  static List<DescribedOption> of(CommandSpec syntax) {
    List<DescribedOption> all = new ArrayList<>();
    for (OptionSpec option : syntax.options()) {
      if (!option.hidden()) {
        all.add(of(option));
      }
    }
    return all;
  }

  private static DescribedOption of(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    names.sort(Comparator.comparing(String::length));
    return new DescribedOption(
        names,
        option.arity().max() == 0 ? "" : option.paramLabel(),
        String.join(" ", option.description()).replace("%n", " ").replace("%%", "%"),
        Theme.of(names),
        option.isMultiValue());
  }

  /** {@return its longest name} */
  String name() {
    return names.get(names.size() - 1);
  }

  boolean hasValue() {
    return !label.isEmpty();
  }

  /** {@return whether its value is the name of a file, or can have one in it} */
  boolean takesFile() {
    return label.contains("FILE");
  }

  /** {@return the values it can have; empty if that are not a few words} */
  List<String> choices() {
    return label.matches("[a-z0-9-]+(\\|[a-z0-9-]+)+")
        ? Arrays.asList(label.split("\\|", -1))
        : List.of();
  }

  /** {@return the first sentence of the description, without its full stop} */
  String summary() {
    Matcher sentence = SENTENCE.matcher(description);
    return sentence.lookingAt() ? sentence.group() : description;
  }
}
