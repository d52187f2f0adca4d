package io.httptrace.cli.options;

import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Finds the option that somebody may have meant. */
final class NearestOption {

  /** How many characters a name of this length may differ in, at most. */
  private static final int CHARACTERS_FOR_EACH_MISTAKE = 4;

  private static final int MAX_MISTAKES = 2;

  private NearestOption() {}

  /**
   * {@return the long name of the only option that is near to a word: one that begins with it, or
   * differs in one or two characters}
   *
   * @param options the known options
   * @param word an unknown option, possibly with an equals sign and a value
   */
  static Optional<String> to(CommandSpec options, String word) {
    String name = word.replaceFirst("=.*", "");
    if (!name.startsWith("--") || name.length() < 4) {
      return Optional.empty();
    }
    int allowed = Math.min(MAX_MISTAKES, name.length() / CHARACTERS_FOR_EACH_MISTAKE);
    String best = null;
    int least = allowed + 1;
    boolean tie = false;
    for (String known : options.optionsMap().keySet()) {
      int mistakes = known.startsWith(name) ? 0 : distance(name, known);
      if (known.startsWith("--") && mistakes <= least && mistakes <= allowed) {
        tie = mistakes == least;
        least = mistakes;
        best = known;
      }
    }
    return tie ? Optional.empty() : Optional.ofNullable(best);
  }

  /**
   * How many characters have to be added, left out, replaced, or exchanged with the next one, to
   * make one text of the other.
   */
  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    Arrays.setAll(last, column -> column);
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        boolean exchanged =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (exchanged) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
