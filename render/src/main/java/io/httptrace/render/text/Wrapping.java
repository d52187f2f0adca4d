package io.httptrace.render.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrapping {
  /** Keeps two words on one line, and is a space there: Unicode's no-break space. */
  public static final char TIE = '\u00a0';

  private Wrapping() {}

  /**
   * {@return the lines of a text} Lines break at spaces; a word that is longer than a line is
   * broken where the line ends. Words with a {@link #TIE} between them count as one. An empty text
   * has no line.
   *
   * @param text the text
   * @param width how long a line may be; positive
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(untied(line.toString()));
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
      while (line.length() > width) {
        lines.add(untied(line.substring(0, width)));
        line.delete(0, width);
      }
    }
    if (!line.isEmpty()) {
      lines.add(untied(line.toString()));
    }
    return lines;
  }

  private static String untied(String line) {
    return line.replace(TIE, ' ');
  }
}
