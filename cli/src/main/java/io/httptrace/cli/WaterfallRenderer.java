package io.httptrace.cli;

import io.httptrace.cli.AnsiPalette.Ink;
import io.httptrace.cli.Scale.Bar;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws a timeline: for each round trip some lines of facts and then one row for each phase, with a
 * label, a bar, the duration and details; at the end a row for the whole.
 *
 * <p>A wide screen has the details to the right of the duration. A narrow one has them below the
 * bar.
 */
final class WaterfallRenderer {
  /** Below this width there is no column of details. */
  private static final int WIDE = 72;

  /** As long as the longest name of a phase. */
  private static final int LABEL_COLUMNS = 9;

  private static final int DURATION_COLUMNS = 12;

  /** The smallest time that is worth a row: figures are exact to this. */
  private static final Duration SHOWN = Duration.ofNanos(1_000);

  /** Between two columns. */
  private static final String GAP = "  ";

  private final Screen screen;
  private final Redaction redaction;
  private final int detailColumns;
  private final int barColumns;

  /**
   * Makes a renderer.
   *
   * @param screen what to draw for
   * @param redaction whether secrets are masked
   */
  WaterfallRenderer(Screen screen, Redaction redaction) {
    this.screen = screen;
    this.redaction = redaction;
    this.detailColumns = screen.width() < WIDE ? 0 : screen.width() * 35 / 100;
    this.barColumns =
        screen.width()
            - LABEL_COLUMNS
            - 1
            - DURATION_COLUMNS
            - (detailColumns == 0 ? 0 : GAP.length() + detailColumns);
  }

  /**
   * {@return the picture, in lines that end with a line feed}
   *
   * @param timeline what to draw
   * @param length the time the full width of the bars stands for, if that is more than the
   *     timeline's own; for pictures that are to be compared
   */
  String render(Timeline timeline, Duration length) {
    StringBuilder picture = new StringBuilder();
    Duration total = timeline.total();
    if (total == null) {
      return "nothing was sent\n";
    }
    Duration whole = total.compareTo(length) < 0 ? length : total;
    Scale scale = new Scale(whole, barColumns, screen.glyphs());
    List<RoundTrip> roundTrips = timeline.roundTrips();
    for (RoundTrip roundTrip : roundTrips) {
      if (!picture.isEmpty()) {
        picture.append('\n');
      }
      boolean last = roundTrip.number() == roundTrips.get(roundTrips.size() - 1).number();
      appendFacts(picture, RoundTripFacts.of(roundTrip, roundTrips.size() == 1, last, redaction));
      appendPhases(picture, roundTrip, scale);
    }
    appendTotal(picture, timeline, total, scale);
    return picture.toString();
  }

  private void appendFacts(StringBuilder picture, List<RoundTripFacts.Fact> facts) {
    for (RoundTripFacts.Fact fact : facts) {
      for (String line : Wrapping.lines(fact.text(), screen.width())) {
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
          Phases.name(phase.kind()),
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
    row.append(screen.palette().paint(ink, label));
    row.append(" ".repeat(LABEL_COLUMNS + 1 - label.length() + bar.before()));
    row.append(screen.palette().paint(ink, bar.text()));
    String time = Quantities.millis(duration);
    row.append(" ".repeat(Math.max(1, bar.after() + DURATION_COLUMNS - time.length())));
    row.append(time);
    picture.append(row);
    appendDetail(picture, Printable.text(detail));
  }

  /** Ends the row; further lines of the detail are rows of their own. */
  private void appendDetail(StringBuilder picture, String detail) {
    boolean below = detailColumns == 0;
    int indent = below ? LABEL_COLUMNS + 1 : screen.width() - detailColumns;
    List<String> lines = Wrapping.lines(detail, screen.width() - indent);
    if (lines.isEmpty()) {
      picture.append('\n');
      return;
    }
    picture.append(below ? "\n" + " ".repeat(indent) : GAP);
    for (int i = 0; i < lines.size(); i++) {
      picture.append(i == 0 ? "" : " ".repeat(indent));
      picture.append(screen.palette().paint(Ink.FAINT, lines.get(i))).append('\n');
    }
  }

  private String painted(@Nullable Ink ink, String text) {
    return ink == null ? text : screen.palette().paint(ink, text);
  }
}
