package io.httptrace.render;

import io.httptrace.render.Row.Stretch;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Wrapping;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A picture in SVG while it is drawn: lines of text, and rows with a bar, below one another. It
 * takes any text: what has a meaning in XML, or none, is written in another way.
 */
final class SvgPage {
  private static final int WIDTH = 880;
  private static final int ROW = 20;
  private static final int MARGIN = 12;

  /** Where bars begin, how wide they may be, where durations end, and where details begin. */
  private static final int BARS = 96;

  private static final int BAR_WIDTH = 400;
  private static final int DURATIONS = 592;
  private static final int DETAILS = 608;

  private static final int LINE_COLUMNS = 116;
  private static final int DETAIL_COLUMNS = 36;

  /** So that the shortest bar can be seen. */
  private static final double MIN_BAR = 1.5;

  private static final String STYLE =
      """
      text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328}
      .page{fill:#fff}.HEADING{font-weight:700}.FAINT{fill:#656d76}.BAD{fill:#cf222e}
      .GOOD{fill:#1a7f37}.NEUTRAL{fill:#9a6700}rect.HEADING{fill:#1f2328}rect.FAINT{fill:#afb8c1}
      rect.QUEUE{fill:#8c959f}rect.DNS{fill:#1b7c83}rect.CONNECT{fill:#bf8700}
      rect.PROXY{fill:#e16f24}rect.TLS{fill:#8250df}rect.REQUEST{fill:#2da44e}
      rect.WAIT{fill:#0969da}rect.RESPONSE{fill:#54aeff}
      @media (prefers-color-scheme:dark){text{fill:#e6edf3}.page{fill:#0d1117}
      .FAINT{fill:#7d8590}.BAD{fill:#f85149}.GOOD{fill:#3fb950}.NEUTRAL{fill:#d29922}
      rect.HEADING{fill:#e6edf3}}
      """;

  private final StringBuilder out = new StringBuilder();
  private double scale;
  private int y = MARGIN;

  /**
   * Sets the scale of the rows that follow.
   *
   * @param longest the time that the whole width stands for
   */
  void scaleTo(Duration longest) {
    scale = longest.isZero() ? 0 : (double) BAR_WIDTH / longest.toNanos();
  }

  /** Draws a text, on several lines if it is long. */
  void text(@Nullable Ink ink, String text) {
    for (String line : Wrapping.lines(text, LINE_COLUMNS)) {
      line(ink, line);
    }
  }

  /** Draws a text on one line. */
  void line(@Nullable Ink ink, String line) {
    y += ROW;
    text(MARGIN, ink, "", line);
  }

  /** Leaves some space. */
  void gap() {
    y += ROW / 2;
  }

  /**
   * Draws a row with a bar.
   *
   * @param ink the colour of the bar
   * @param label what the bar stands for
   * @param start when it began
   * @param duration how long it took
   * @param detail what else there is to say; may be empty
   */
  void row(Ink ink, String label, Duration start, Duration duration, String detail) {
    row(new Row(ink, label, new Stretch(start, start.plus(duration), false), duration, detail));
  }

  /** Draws a row: its label, a bar, how long it took, and details on as many lines as they need. */
  void row(Row row) {
    y += ROW;
    Duration duration = row.duration();
    String time = duration == null ? "" : Quantities.column(duration);
    Stretch stretch = row.bar();
    if (stretch != null) {
      bar(row, stretch, time.strip());
    }
    boolean plain = row.ink() != Ink.BAD && row.ink() != Ink.HEADING;
    text(MARGIN, plain ? null : row.ink(), "", row.label().replace("  ", "\u00a0\u00a0"));
    if (!time.isEmpty()) {
      text(DURATIONS, null, " text-anchor=\"end\"", time.replace(' ', '\u00a0'));
    }
    int first = y;
    for (String line : Wrapping.lines(Printable.text(row.detail()), DETAIL_COLUMNS)) {
      text(DETAILS, Ink.FAINT, "", line);
      y += ROW;
    }
    y = Math.max(first, y - ROW);
  }

  private void bar(Row row, Stretch stretch, String time) {
    double x = Math.min(stretch.start().toNanos() * scale, BAR_WIDTH - MIN_BAR);
    double end = Math.min(stretch.end().toNanos() * scale, BAR_WIDTH);
    double width = Math.max(MIN_BAR, end - x);
    String detail = row.detail();
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"12\" rx=\"1.5\">"
                + "<title>%s</title></rect>\n",
            row.ink(),
            BARS + x,
            y - 10,
            width,
            escaped(row.label() + ", " + time + (detail.isEmpty() ? "" : ", " + detail))));
  }

  /**
   * {@return the picture}
   *
   * @param label what it shows, for those who do not see it
   */
  String document(String label) {
    int height = y + MARGIN;
    String size = "width=\"" + WIDTH + "\" height=\"" + height + "\"";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\""
        + escaped(label)
        + "\" "
        + size
        + " viewBox=\"0 0 "
        + WIDTH
        + " "
        + height
        + "\">\n<style>\n"
        + STYLE
        + "</style>\n<rect class=\"page\" "
        + size
        + "/>\n"
        + out
        + "</svg>\n";
  }

  private void text(int x, @Nullable Ink ink, String attributes, String text) {
    String name = ink == null ? "" : " class=\"" + ink + "\"";
    out.append("<text").append(name).append(attributes);
    out.append(" x=\"").append(x).append("\" y=\"").append(y).append("\">");
    out.append(escaped(text)).append("</text>\n");
  }

  /** {@return a text for XML, without the characters that XML has no form for} */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    Printable.text(text).codePoints().forEach(c -> escape(escaped, c));
    return escaped.toString();
  }

  private static void escape(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      default -> {
        boolean none = Character.getType(c) == Character.SURROGATE || c == 0xfffe || c == 0xffff;
        escaped.appendCodePoint(none ? 0xfffd : c);
      }
    }
  }
}
