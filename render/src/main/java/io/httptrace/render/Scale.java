package io.httptrace.render;

import java.time.Duration;

/**
 * Places stretches of time on a line of columns.
 *
 * @param length the time the whole line stands for
 * @param columns the number of columns
 * @param glyphs what bars are made of
 */
record Scale(Duration length, int columns, Glyphs glyphs) {

  /**
   * A bar on its line.
   *
   * @param before the number of blank columns before it
   * @param text the bar
   * @param after the number of blank columns after it
   */
  record Bar(int before, String text, int after) {}

  /**
   * {@return the bar of a stretch of time} However short it was, it can be seen. It begins with the
   * column in which it starts, so that bars that follow on one another may share a column.
   *
   * @param start its start
   * @param end its end
   * @param failed whether to put a cross to its end
   */
  Bar bar(Duration start, Duration end, boolean failed) {
    int first = Math.min(columns - 1, (int) position(start, columns));
    int fine = columns * glyphs.fineness();
    int begin = first * glyphs.fineness();
    int parts = Math.max(1, (int) Math.min(fine, Math.round(position(end, fine))) - begin);
    String text = glyphs.bar(parts);
    if (failed) {
      int room = columns - first - 1;
      text = text.substring(0, Math.min(text.length(), room)) + glyphs.cross();
    }
    return new Bar(first, text, columns - first - text.length());
  }

  /**
   * {@return the line of something as a whole}
   *
   * @param end its end; it starts with the scale
   */
  Bar rule(Duration end) {
    int width = Math.max(1, (int) Math.min(columns, Math.round(position(end, columns))));
    return new Bar(0, glyphs.rule().repeat(width), columns - width);
  }

  /** {@return the line of what is in no one place} */
  Bar none() {
    return new Bar(0, "", columns);
  }

  private double position(Duration time, int steps) {
    return length.isZero() ? 0 : (double) time.toNanos() / length.toNanos() * steps;
  }
}
