package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Wrapping;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws timelines as pictures in SVG: what {@link Waterfall} draws as text, for documents and web
 * pages.
 *
 * <p>A picture is a document of its own, without scripts and without references to anything. It is
 * as wide as 880 pixels, has the colours of a light or a dark page, whichever its reader prefers,
 * and says what each bar stands for when it is pointed at. The picture is for people, and may look
 * better in any release; {@link TimelineJson} is for programs.
 */
public final class SvgWaterfall {
  private static final int WIDTH = 880;
  private static final int ROW = 20;
  private static final int MARGIN = 12;

  /** Where bars begin, how wide they may be, where durations end, and where details begin. */
  private static final int BARS = 96;

  private static final int BAR_WIDTH = 400;
  private static final int DURATIONS = 592;
  private static final int DETAILS = 608;

  private static final int FACT_COLUMNS = 116;
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

  private final Redaction redaction;
  private final StringBuilder out = new StringBuilder();
  private double scale;
  private int y = MARGIN;

  private SvgWaterfall(Redaction redaction) {
    this.redaction = redaction;
  }

  /**
   * {@return a timeline as SVG, with secrets masked}
   *
   * @param timeline what to draw; also of a call that is under way
   */
  public static String toSvg(Timeline timeline) {
    return toSvg(timeline, Redaction.MASK_SECRETS);
  }

  /**
   * {@return a timeline as SVG}
   *
   * @param timeline what to draw; also of a call that is under way
   * @param redaction whether secrets are masked
   */
  public static String toSvg(Timeline timeline, Redaction redaction) {
    requireNonNull(timeline, "timeline");
    requireNonNull(redaction, "redaction");
    return new SvgWaterfall(redaction).draw(timeline);
  }

  private String draw(Timeline timeline) {
    Duration total = timeline.total();
    List<RoundTrip> roundTrips = timeline.roundTrips();
    if (total == null) {
      line(Ink.FAINT, "nothing was sent");
    } else {
      scale = total.isZero() ? 0 : (double) BAR_WIDTH / total.toNanos();
      for (RoundTrip roundTrip : roundTrips) {
        roundTrip(roundTrip, roundTrips.size() == 1);
        y += ROW / 2;
      }
      row(Ink.HEADING, "total", Duration.ZERO, total, total, "");
    }
    int height = y + MARGIN;
    String size = "width=\"" + WIDTH + "\" height=\"" + height + "\"";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"Where the time of"
        + " an HTTP request went\" "
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

  private void roundTrip(RoundTrip roundTrip, boolean onlyOne) {
    for (RoundTripFacts.Fact fact : RoundTripFacts.of(roundTrip, onlyOne, true, redaction)) {
      for (String line : Wrapping.lines(fact.text(), FACT_COLUMNS)) {
        line(fact.ink(), line);
      }
    }
    PhaseText text = new PhaseText(roundTrip, redaction);
    for (Phase phase : roundTrip.phases()) {
      Ink ink = text.failed(phase) ? Ink.BAD : phase.abandoned() ? Ink.FAINT : Ink.of(phase.kind());
      row(ink, phase.kind().label(), phase.start(), phase.end(), phase.duration(), text.of(phase));
    }
  }

  private void line(@Nullable Ink ink, String line) {
    y += ROW;
    text(MARGIN, ink, "", line);
  }

  private void row(
      Ink ink, String label, Duration start, Duration end, Duration duration, String detail) {
    y += ROW;
    String time = Quantities.millis(duration);
    double x = Math.min(start.toNanos() * scale, BAR_WIDTH - MIN_BAR);
    double width = Math.max(MIN_BAR, Math.min(end.toNanos() * scale, BAR_WIDTH) - x);
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"12\" rx=\"1.5\">"
                + "<title>%s</title></rect>\n",
            ink,
            BARS + x,
            y - 10,
            width,
            escaped(label + ", " + time + (detail.isEmpty() ? "" : ", " + detail))));
    text(MARGIN, ink == Ink.BAD || ink == Ink.HEADING ? ink : null, "", label);
    text(DURATIONS, null, " text-anchor=\"end\"", time);
    int first = y;
    for (String line : Wrapping.lines(Printable.text(detail), DETAIL_COLUMNS)) {
      text(DETAILS, Ink.FAINT, "", line);
      y += ROW;
    }
    y = Math.max(first, y - ROW);
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
