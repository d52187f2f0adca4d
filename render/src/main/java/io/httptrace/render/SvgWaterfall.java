package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.render.Row.Stretch;
import io.httptrace.render.Shares.Share;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.stream.Collectors;

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
  private final FactSettings facts;
  private final SvgPage page = new SvgPage();

  private SvgWaterfall(Redaction redaction) {
    this.facts = new FactSettings(redaction, true, false, null);
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
    if (total == null) {
      page.line(Ink.FAINT, "nothing was sent");
    } else {
      page.scaleTo(total);
      for (RoundTrip roundTrip : timeline.roundTrips()) {
        roundTrip(timeline, roundTrip);
        page.gap();
      }
      page.row(new Row(Ink.HEADING, "total", new Stretch(Duration.ZERO, total, false), total, ""));
      String shares =
          Shares.of(timeline).stream().map(Share::text).collect(Collectors.joining(", "));
      if (!shares.isEmpty()) {
        page.line(Ink.FAINT, shares);
      }
    }
    return page.document("Where the time of an HTTP request went");
  }

  private void roundTrip(Timeline timeline, RoundTrip roundTrip) {
    for (Fact fact : RoundTripFacts.of(timeline, roundTrip, facts)) {
      page.text(fact.ink(), fact.line());
    }
    Rows.of(timeline, roundTrip, facts.redaction()).forEach(page::row);
  }
}
