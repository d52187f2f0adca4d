package io.httptrace.render;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A row of the picture.
 *
 * @param ink what its label and its bar are painted in
 * @param label its label; of a row without a bar it may be long
 * @param bar the bar; null if it cannot be said when this happened
 * @param duration how long it took; null if that is not known
 * @param detail what stands beside it; may be empty
 */
record Row(
    Ink ink, String label, @Nullable Stretch bar, @Nullable Duration duration, String detail) {

  /**
   * What a bar stands for.
   *
   * @param start when it began, from the start of the timeline
   * @param end when it ended
   * @param failed whether it ended because something failed
   */
  record Stretch(Duration start, Duration end, boolean failed) {}

  /** A row of something that is in no one place. */
  static Row without(Ink ink, String label, @Nullable Duration duration, String detail) {
    return new Row(ink, label, null, duration, detail);
  }
}
