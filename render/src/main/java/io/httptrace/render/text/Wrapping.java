package io.httptrace.render.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrapping {
  private Wrapping() {}

  /**
   * {@return the lines of a text} Lines break at spaces; a word that is longer than a line is
   * broken where the line ends. An empty text has no line.
   *
   * @param text the text
   * @param width how long a line may be; positive
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
      while (line.length() > width) {
        lines.add(line.substring(0, width));
        line.delete(0, width);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
