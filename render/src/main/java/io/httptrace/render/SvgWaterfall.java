package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.List;

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
  private final Redaction redaction;
  private final SvgPage page = new SvgPage();

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
      page.line(Ink.FAINT, "nothing was sent");
    } else {
      page.scaleTo(total);
      for (RoundTrip roundTrip : roundTrips) {
        roundTrip(roundTrip, roundTrips.size() == 1);
        page.gap();
      }
      page.row(Ink.HEADING, "total", Duration.ZERO, total, "");
    }
    return page.document("Where the time of an HTTP request went");
  }

  private void roundTrip(RoundTrip roundTrip, boolean onlyOne) {
    for (RoundTripFacts.Fact fact : RoundTripFacts.of(roundTrip, onlyOne, true, redaction)) {
      page.text(fact.ink(), fact.text());
    }
    PhaseText text = new PhaseText(roundTrip, redaction);
    for (Phase phase : roundTrip.phases()) {
      Ink ink = text.failed(phase) ? Ink.BAD : phase.abandoned() ? Ink.FAINT : Ink.of(phase.kind());
      page.row(ink, phase.kind().label(), phase.start(), phase.duration(), text.of(phase));
    }
  }
}
