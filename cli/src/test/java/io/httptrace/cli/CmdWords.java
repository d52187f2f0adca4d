package io.httptrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The words that a program gets on Windows: first {@code cmd.exe} takes its carets away, then the
 * program's runtime splits the line. Percent signs are left alone, as in a line that names no
 * variable.
 */
final class CmdWords {
  private CmdWords() {}

  /** {@return the words of a line, with that of the program} */
  static List<String> of(String line) {
    return split(withoutCarets(line.stripTrailing()));
  }

  /** {@return a line of bash that calls curl with the words} */
  static String inBash(String line) {
    return of(line).stream()
        .skip(1)
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "curl ", "\n"));
  }

  /** A caret makes the next character literal; a line end is left out, and what follows literal. */
  private static String withoutCarets(String line) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '^' && !quoted) {
        i++;
        if (i < line.length() && line.charAt(i) == '\n') {
          i++;
        }
        if (i < line.length()) {
          out.append(line.charAt(i));
        }
      } else {
        quoted ^= c == '"';
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Backslashes are special before a quote only. */
  private static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    int backslashes = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        backslashes++;
        begun = true;
        continue;
      }
      boolean literal = c == '"' && backslashes % 2 == 1;
      word.append("\\".repeat(c == '"' ? backslashes / 2 : backslashes));
      backslashes = 0;
      if (c == '"' && !literal) {
        quoted = !quoted;
        begun = true;
      } else if ((c == ' ' || c == '\t') && !quoted) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    word.append("\\".repeat(backslashes));
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
