package io.httptrace.html;

import io.httptrace.render.text.Printable;
import java.util.Locale;

/**
 * Writes HTML. Text and the values of attributes are escaped here, and nowhere else: there is no
 * way to write them as they are.
 */
final class Markup {
  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");

  /**
   * Begins an element.
   *
   * @param name its name
   * @param attributes name and value of each
   * @return this
   */
  Markup open(String name, String... attributes) {
    tag(name, attributes);
    out.append('>');
    return this;
  }

  /**
   * Writes an element that has no content, of HTML or of SVG.
   *
   * @param name its name
   * @param attributes name and value of each
   * @return this
   */
  Markup empty(String name, String... attributes) {
    tag(name, attributes);
    out.append("/>");
    return this;
  }

  /** Ends an element. */
  Markup close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  /** Ends an element, and the line. */
  Markup closeLine(String name) {
    close(name);
    out.append('\n');
    return this;
  }

  /** Writes an element with a text in it. */
  Markup element(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** Writes a text. */
  Markup text(String text) {
    Printable.text(text).codePoints().forEach(this::escape);
    return this;
  }

  /** Writes the style sheet, in which nothing is escaped. */
  Markup style(PageStyle style) {
    out.append("<style>").append(style.sheet()).append("</style>\n");
    return this;
  }

  private void tag(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      text(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> {
        int type = Character.getType(c);
        if (type == Character.SURROGATE || (c & 0xfffe) == 0xfffe) {
          out.append('\ufffd'); // UTF-8, or HTML, has no form for it
        } else if (type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR) {
          out.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  /** {@return what has been written} */
  @Override
  public String toString() {
    return out.toString();
  }
}
