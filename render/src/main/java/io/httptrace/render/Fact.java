package io.httptrace.render;

import io.httptrace.render.text.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A paragraph above the bars.
 *
 * @param ink what it is written in; null for the terminal's own
 * @param name if it is a header field, its name
 * @param text the text, in one line; of a header field its value
 * @param cut whether it is cut where a line ends, and not wrapped
 */
record Fact(@Nullable Ink ink, @Nullable String name, String text, boolean cut) {

  /** {@return a text of our own, with parts in it that may come from a peer} */
  static Fact of(@Nullable Ink ink, String text) {
    return new Fact(ink, null, Printable.text(text), false);
  }

  /** {@return a header field} */
  static Fact field(String name, String value, boolean cut) {
    return new Fact(null, Printable.text(name), Printable.text(value), cut);
  }

  /** {@return the whole of it, in one line} */
  String line() {
    return name == null ? text : "  " + name + ": " + text;
  }
}
