package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.render.Milestones.Milestone;
import io.httptrace.render.Row.Stretch;
import io.httptrace.render.Scale.Bar;
import io.httptrace.render.Shares.Share;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Wrapping;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws timelines as text: for each round trip some lines of facts and then one row for each phase,
 * with a label, a bar, the duration and details; at the end a row for the whole, and a line that
 * says where most of the time went.
 *
 * <pre>{@code
 * GET http://example.test/
 * 200 HTTP/1.1, body 16.3 kB
 * connection #1 new, 192.0.2.1:50000 -> 192.0.2.7:80
 * connect   ####|                          20.000 ms  192.0.2.7:80
 * request       |                           0.300 ms  123 bytes
 * wait          ############|              60.000 ms
 * response                  ###########    50.000 ms  16.5 kB
 * total     ===========================   130.300 ms  first byte after 80.300 ms
 * 46 % waiting for the server, 38 % receiving, 15 % connecting
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

  /** Between two columns. */
  private static final String GAP = "  ";

  /** Before a header field. */
  private static final String FIELD = "  ";

  private final int width;
  private final Glyphs glyphs;
  private final Redaction redaction;
  private final Painter painter;
  private final FactSettings facts;
  private final boolean cumulative;
  private final int detailColumns;
  private final int barColumns;

  Waterfall(WaterfallBuilder builder) {
    this.width = builder.width;
    this.glyphs = builder.glyphs;
    this.redaction = builder.redaction;
    this.painter = builder.painter;
    this.facts = builder.facts();
    this.cumulative = builder.cumulative;
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
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      if (!picture.isEmpty()) {
        picture.append('\n');
      }
      for (Fact fact : RoundTripFacts.of(timeline, roundTrip, facts)) {
        appendFact(picture, fact);
      }
      for (Row row : Rows.of(timeline, roundTrip, redaction)) {
        appendRow(picture, row, scale);
      }
    }
    if (cumulative) {
      for (Milestone milestone : Milestones.of(timeline)) {
        Bar bar = scale.rule(milestone.at());
        appendRow(picture, Ink.FAINT, "until", bar, milestone.at(), milestone.name());
      }
    }
    appendTotal(picture, timeline, total, scale);
    appendShares(picture, Shares.of(timeline));
    return picture.toString();
  }

  private void appendFact(StringBuilder picture, Fact fact) {
    String name = fact.name();
    if (name == null) {
      for (String line : Wrapping.lines(fact.text(), width)) {
        picture.append(painted(fact.ink(), line)).append('\n');
      }
      return;
    }
    String whole = name + ": " + fact.text();
    List<String> lines =
        fact.cut()
            ? List.of(glyphs.cut(whole, width - FIELD.length()))
            : Wrapping.lines(whole, width - 2 * FIELD.length());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int named = i == 0 && line.startsWith(name + ":") ? name.length() + 1 : 0;
      picture.append(i == 0 ? FIELD : FIELD + FIELD);
      picture.append(paint(Ink.FAINT, line.substring(0, named)));
      picture.append(line.substring(named).stripTrailing()).append('\n');
    }
  }

  private void appendTotal(StringBuilder picture, Timeline timeline, Duration total, Scale scale) {
    RoundTrip first = timeline.roundTrips().get(0);
    boolean said = timeline.roundTrips().size() > 1 || ExchangeTimes.of(timeline, first).informed();
    Duration firstByte = said ? null : first.timeToFirstByte();
    String detail = firstByte == null ? "" : "first byte after " + Quantities.time(firstByte);
    appendRow(picture, Ink.HEADING, "total", scale.rule(total), total, detail);
  }

  /** A line breaks between two shares only. */
  private void appendShares(StringBuilder picture, List<Share> shares) {
    int columns = 0;
    for (Share share : shares) {
      String text = share.text();
      if (columns == 0) {
        columns = text.length();
      } else if (columns + 3 + text.length() <= width) {
        picture.append(", ");
        columns += 2 + text.length();
      } else {
        picture.append(",\n");
        columns = text.length();
      }
      picture.append(paint(share.ink(), text));
    }
    if (!shares.isEmpty()) {
      picture.append('\n');
    }
  }

  private void appendRow(StringBuilder picture, Row row, Scale scale) {
    Stretch stretch = row.bar();
    Bar bar =
        stretch == null
            ? scale.none()
            : scale.bar(stretch.start(), stretch.end(), stretch.failed());
    appendRow(picture, row.ink(), row.label(), bar, row.duration(), row.detail());
  }

  /** Without a bar there is room for a long label. */
  private void appendRow(
      StringBuilder picture,
      Ink ink,
      String label,
      Bar bar,
      @Nullable Duration duration,
      String detail) {
    String shown = glyphs.cut(Printable.text(label), LABEL_COLUMNS + bar.before() + bar.after());
    StringBuilder row = new StringBuilder();
    row.append(paint(ink, shown));
    row.append(" ".repeat(Math.max(1, LABEL_COLUMNS + 1 - shown.length() + bar.before())));
    row.append(paint(ink, bar.text()));
    String time = duration == null ? "" : Quantities.column(duration);
    int used = Math.max(0, shown.length() - LABEL_COLUMNS - bar.before());
    row.append(" ".repeat(Math.max(0, bar.after() - used + DURATION_COLUMNS - time.length())));
    row.append(time);
    appendDetail(picture, row, Printable.text(detail));
  }

  /** Ends the row; further lines of the detail are rows of their own. */
  private void appendDetail(StringBuilder picture, StringBuilder row, String detail) {
    boolean below = detailColumns == 0;
    int indent = below ? LABEL_COLUMNS + 1 : width - detailColumns;
    List<String> lines = Wrapping.lines(detail, width - indent);
    if (lines.isEmpty()) {
      picture.append(row.toString().stripTrailing()).append('\n');
      return;
    }
    picture.append(below ? row.toString().stripTrailing() + "\n" + " ".repeat(indent) : row + GAP);
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
