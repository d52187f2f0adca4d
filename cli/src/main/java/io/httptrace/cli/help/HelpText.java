package io.httptrace.cli.help;

import io.httptrace.render.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --help} prints, for lines of 80 columns. */
public final class HelpText {
  private static final int WIDTH = 80;

  /** Where the right column begins: beside options, themes and exit codes. */
  private static final int DESCRIPTIONS = 30;

  private static final int MEANINGS = 15;
  private static final int CODES = 8;
  private static final String ALL = "all";
  private static final String EXIT_STATUS = "exit-status";

  /** Those that are used most; the first ten of them that there are. */
  private static final List<String> FIRST =
      List.of(
          "-v",
          "-H",
          "-d",
          "-X",
          "-L",
          "-o",
          "-k",
          "-n",
          "--format",
          "--html",
          "-m",
          "-u",
          "-x",
          "--har");

  private static final int HOW_MANY = 10;

  private final CommandSpec syntax;
  private final List<DescribedOption> options;
  private final StringBuilder out = new StringBuilder();

  private HelpText(CommandSpec syntax) {
    this.syntax = syntax;
    this.options = DescribedOption.of(syntax);
  }

  /**
   * {@return the text; null if there is no such topic}
   *
   * @param syntax the options there are
   * @param topic a theme, {@code all}, or null for the options that are used most
   */
  public static @Nullable String of(CommandSpec syntax, @Nullable String topic) {
    HelpText help = new HelpText(syntax);
    if (topic == null) {
      help.brief();
    } else if (topic.equals(ALL)) {
      help.all();
    } else if (topic.equals(EXIT_STATUS)) {
      help.exitStatus();
    } else {
      Theme theme = help.theme(topic);
      if (theme == null) {
        return null;
      }
      help.theme(theme);
    }
    return help.out.toString();
  }

  /**
   * {@return what there is help about, apart from that without a topic}
   *
   * @param syntax the options there are
   */
  public static List<String> topics(CommandSpec syntax) {
    return Stream.concat(
            new HelpText(syntax).themes().stream().map(Theme::label), Stream.of(EXIT_STATUS, ALL))
        .toList();
  }

  /** The themes that have options. */
  private List<Theme> themes() {
    return Stream.of(Theme.values()).filter(theme -> !options(theme).isEmpty()).toList();
  }

  private @Nullable Theme theme(String label) {
    return themes().stream().filter(theme -> theme.label().equals(label)).findAny().orElse(null);
  }

  private List<DescribedOption> options(Theme theme) {
    return options.stream().filter(option -> option.theme() == theme).toList();
  }

  private void brief() {
    head();
    List<DescribedOption> first = new ArrayList<>();
    for (String name : FIRST) {
      options.stream().filter(option -> option.names().contains(name)).forEach(first::add);
    }
    first.stream().limit(HOW_MANY).forEach(option -> row(names(option), option.summary()));
    out.append("\nMore with --help and one of these words:\n");
    for (Theme theme : themes()) {
      row("  " + theme.label(), theme.meaning(), MEANINGS);
    }
    row("  " + EXIT_STATUS, "What the exit status means", MEANINGS);
    row("  " + ALL, "All of this", MEANINGS);
  }

  private void head() {
    out.append("Usage: ").append(synopsis()).append("\n");
    paragraph(String.join(" ", syntax.usageMessage().description()));
    out.append('\n');
  }

  private String synopsis() {
    return String.join(" ", syntax.usageMessage().customSynopsis());
  }

  private void all() {
    head();
    for (Theme theme : themes()) {
      theme(theme);
      out.append('\n');
    }
    exitStatus();
    out.append('\n');
    paragraph(String.join(" ", syntax.usageMessage().footer()));
  }

  private void theme(Theme theme) {
    out.append(theme.meaning()).append(":\n");
    options(theme).forEach(option -> row(names(option), option.description()));
  }

  private void exitStatus() {
    out.append("Exit status:\n");
    for (Map.Entry<String, String> code : syntax.usageMessage().exitCodeList().entrySet()) {
      row("  " + code.getKey(), code.getValue(), CODES);
    }
  }

  private static String names(DescribedOption option) {
    String names = String.join(", ", option.names());
    String indent = names.startsWith("--") ? "      " : "  ";
    return indent + names + (option.hasValue() ? " " + option.label() : "");
  }

  private void paragraph(String text) {
    Wrapping.lines(text, WIDTH).forEach(line -> out.append(line).append('\n'));
  }

  private void row(String left, String right) {
    row(left, right, DESCRIPTIONS);
  }

  private void row(String left, String right, int column) {
    out.append(left);
    int at = left.length();
    if (at > column - 2) {
      out.append('\n');
      at = 0;
    }
    String separator = " ".repeat(column - at);
    out.append(
        Wrapping.lines(right, WIDTH - column).stream()
            .collect(Collectors.joining("\n" + " ".repeat(column), separator, "\n")));
  }
}
