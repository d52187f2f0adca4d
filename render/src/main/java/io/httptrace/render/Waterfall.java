package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.render.Scale.Bar;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Wrapping;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws timelines as text: for each round trip some lines of facts and then one row for each phase,
 * with a label, a bar, the duration and details; at the end a row for the whole.
 *
 * <pre>{@code
 * GET http://example.test/
 * 200 HTTP/1.1, body 16.3 kB
 * connection #1 new, HTTP/1.1, 192.0.2.1:50000 -> 192.0.2.7:80
 * connect   ####|                          20.000 ms  192.0.2.7:80
 * request       |                           0.300 ms  123 bytes
 * wait          ############|              60.000 ms
 * response                  ###########    50.000 ms  16.5 kB
 * total     ===========================   130.300 ms  first byte after 80.300 ms
 * }</pre>
 *
 * <p>The picture is for people, and what it says may be worded better in any release; {@link
 * TimelineJson} is for programs. Control characters that a peer has sent are escaped, so that they
 * cannot do anything to a terminal. Immutable.
 */
public final class Waterfall {
  /** Below this width there is no column of details. */
  private static final int WIDE = 72;

  /** As long as the longest name of a phase. */
  private static final int LABEL_COLUMNS = 9;

  private static final int DURATION_COLUMNS = 12;

  /** The smallest time that is worth a row: figures are exact to this. */
  private static final Duration SHOWN = Duration.ofNanos(1_000);

  /** Between two columns. */
  private static final String GAP = "  ";

  private final int width;
  private final Glyphs glyphs;
  private final Redaction redaction;
  private final Painter painter;
  private final boolean explainsLast;
  private final int detailColumns;
  private final int barColumns;

  Waterfall(WaterfallBuilder builder) {
    this.width = builder.width;
    this.glyphs = builder.glyphs;
    this.redaction = builder.redaction;
    this.painter = builder.painter;
    this.explainsLast = builder.explainsLast;
    this.detailColumns = width < WIDE ? 0 : width * 35 / 100;
    this.barColumns =
        width
            - LABEL_COLUMNS
            - 1
            - DURATION_COLUMNS
            - (detailColumns == 0 ? 0 : GAP.length() + detailColumns);
  }

  /** {@return its settings} */
  @Override
  public String toString() {
    return "Waterfall[width=" + width + ", " + glyphs + ", " + redaction + "]";
  }

  /** {@return a builder} */
  public static WaterfallBuilder builder() {
    return new WaterfallBuilder();
  }

  /**
   * {@return a timeline as text, 80 columns wide, with Unicode's block elements as bars and secrets
   * masked} Its lines end with a line feed, the last one too.
   *
   * @param timeline what to draw; also of a call that is under way
   */
  public static String toText(Timeline timeline) {
    return builder().build().draw(timeline);
  }

  /**
   * {@return a timeline as text} Its lines end with a line feed, the last one too. Bars are as wide
   * as there is room.
   *
   * @param timeline what to draw; also of a call that is under way
   */
  public String draw(Timeline timeline) {
    return draw(timeline, Duration.ZERO);
  }

  /**
   * {@return a timeline as text, at the scale of another one, so that the two can be compared}
   *
   * @param timeline what to draw; also of a call that is under way
   * @param length the time that the full width of the bars stands for; the timeline's own if that
   *     is longer
   */
  public String draw(Timeline timeline, Duration length) {
    requireNonNull(timeline, "timeline");
    requireNonNull(length, "length");
    StringBuilder picture = new StringBuilder();
    Duration total = timeline.total();
    if (total == null) {
      return "nothing was sent\n";
    }
    Duration whole = total.compareTo(length) < 0 ? length : total;
    Scale scale = new Scale(whole, barColumns, glyphs);
    List<RoundTrip> roundTrips = timeline.roundTrips();
    for (RoundTrip roundTrip : roundTrips) {
      if (!picture.isEmpty()) {
        picture.append('\n');
      }
      boolean last = roundTrip.number() == roundTrips.get(roundTrips.size() - 1).number();
      boolean onlyOne = roundTrips.size() == 1;
      appendFacts(picture, RoundTripFacts.of(roundTrip, onlyOne, !last || explainsLast, redaction));
      appendPhases(picture, roundTrip, scale);
    }
    appendTotal(picture, timeline, total, scale);
    return picture.toString();
  }

  private void appendFacts(StringBuilder picture, List<RoundTripFacts.Fact> facts) {
    for (RoundTripFacts.Fact fact : facts) {
      for (String line : Wrapping.lines(fact.text(), width)) {
        picture.append(painted(fact.ink(), line)).append('\n');
      }
    }
  }

  private void appendPhases(StringBuilder picture, RoundTrip roundTrip, Scale scale) {
    PhaseText text = new PhaseText(roundTrip, redaction);
    for (Phase phase : roundTrip.phases()) {
      boolean failed = text.failed(phase);
      appendRow(
          picture,
          failed ? Ink.BAD : phase.abandoned() ? Ink.FAINT : Ink.of(phase.kind()),
          phase.kind().label(),
          scale.bar(phase.start(), phase.end(), failed),
          phase.duration(),
          text.of(phase));
    }
    Duration client = ClientTime.of(roundTrip);
    if (client.compareTo(SHOWN) >= 0) {
      appendRow(picture, Ink.FAINT, "client", scale.none(), client, "in no phase");
    }
  }

  private void appendTotal(StringBuilder picture, Timeline timeline, Duration total, Scale scale) {
    RoundTrip first = timeline.roundTrips().get(0);
    Duration firstByte = timeline.roundTrips().size() == 1 ? first.timeToFirstByte() : null;
    String detail = firstByte == null ? "" : "first byte after " + Quantities.millis(firstByte);
    appendRow(picture, Ink.HEADING, "total", scale.rule(total), total, detail);
  }

  private void appendRow(
      StringBuilder picture, Ink ink, String label, Bar bar, Duration duration, String detail) {
    StringBuilder row = new StringBuilder();
    row.append(paint(ink, label));
    row.append(" ".repeat(LABEL_COLUMNS + 1 - label.length() + bar.before()));
    row.append(paint(ink, bar.text()));
    String time = Quantities.millis(duration);
    row.append(" ".repeat(Math.max(1, bar.after() + DURATION_COLUMNS - time.length())));
    row.append(time);
    picture.append(row);
    appendDetail(picture, Printable.text(detail));
  }

  /** Ends the row; further lines of the detail are rows of their own. */
  private void appendDetail(StringBuilder picture, String detail) {
    boolean below = detailColumns == 0;
    int indent = below ? LABEL_COLUMNS + 1 : width - detailColumns;
    List<String> lines = Wrapping.lines(detail, width - indent);
    if (lines.isEmpty()) {
      picture.append('\n');
      return;
    }
    picture.append(below ? "\n" + " ".repeat(indent) : GAP);
    for (int i = 0; i < lines.size(); i++) {
      picture.append(i == 0 ? "" : " ".repeat(indent));
      picture.append(paint(Ink.FAINT, lines.get(i))).append('\n');
    }
  }

  private String painted(@Nullable Ink ink, String text) {
    return ink == null ? text : paint(ink, text);
  }

  private String paint(Ink ink, String text) {
    return text.isEmpty() ? text : painter.paint(ink, text);
  }
}
