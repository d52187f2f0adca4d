package io.httptrace.render;

import io.httptrace.render.ExchangeTimes.ContinueWait;
import io.httptrace.render.ExchangeTimes.DrawnPhase;
import io.httptrace.render.Row.Stretch;
import io.httptrace.render.text.ServerTiming;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rows of a round trip: its phases, in the order in which they began, and what they consist of.
 */
final class Rows {
  /** The smallest time that is worth a row: figures are exact to this. */
  private static final Duration SHOWN = Duration.ofNanos(1_000);

  /** How many parts of the server's own time are shown. */
  private static final int TIMINGS = 8;

  private final RoundTrip roundTrip;
  private final PhaseText text;
  private final ExchangeTimes times;
  private final List<Row> rows = new ArrayList<>();

  private Rows(Timeline timeline, RoundTrip roundTrip, Redaction redaction) {
    this.roundTrip = roundTrip;
    this.text = new PhaseText(roundTrip, redaction);
    this.times = ExchangeTimes.of(timeline, roundTrip);
  }

  /**
   * {@return the rows}
   *
   * @param timeline the timeline of the round trip
   * @param roundTrip the round trip
   * @param redaction whether secrets are masked
   */
  static List<Row> of(Timeline timeline, RoundTrip roundTrip, Redaction redaction) {
    Rows rows = new Rows(timeline, roundTrip, redaction);
    rows.add();
    return List.copyOf(rows.rows);
  }

  private void add() {
    boolean timed = false;
    for (DrawnPhase drawn : times.phases()) {
      if (drawn.kind() == PhaseKind.RESPONSE && !timed) {
        timed = true;
        addServerTimings();
      }
      addPhase(drawn);
      if (drawn.kind() == PhaseKind.REQUEST) {
        addContinueWait();
      }
    }
    if (!timed) {
      addServerTimings();
    }
    Duration client = ClientTime.of(roundTrip);
    if (client.compareTo(SHOWN) >= 0) {
      rows.add(Row.without(Ink.FAINT, "client", client, "in no phase"));
    }
  }

  private void addPhase(DrawnPhase drawn) {
    Phase phase = drawn.phase();
    boolean failed = drawn.kind() == phase.kind() && text.failed(phase);
    Ink ink = failed ? Ink.BAD : phase.abandoned() ? Ink.FAINT : Ink.of(drawn.kind());
    rows.add(
        new Row(
            ink,
            drawn.kind().label(),
            new Stretch(drawn.start(), drawn.end(), failed),
            drawn.duration(),
            text.of(drawn)));
  }

  private void addContinueWait() {
    ContinueWait wait = times.continueWait();
    if (wait != null) {
      rows.add(
          new Row(
              Ink.WAIT,
              "continue",
              new Stretch(wait.start(), wait.end(), false),
              wait.end().minus(wait.start()),
              wait.continued()
                  ? "100 Continue"
                  : roundTrip.ended() ? "no 100 Continue" : "not over yet"));
    }
  }

  /** When these were is not known, only how long they took; so they have no bars. */
  private void addServerTimings() {
    List<ServerTiming> timings = ServerTiming.of(roundTrip);
    int shown = timings.size() > TIMINGS ? TIMINGS - 1 : timings.size();
    for (ServerTiming timing : timings.subList(0, shown)) {
      String description = Objects.requireNonNullElse(timing.description(), "");
      rows.add(Row.without(Ink.WAIT, "  " + timing.name(), timing.duration(), description));
    }
    if (shown < timings.size()) {
      rows.add(Row.without(Ink.FAINT, "  and " + (timings.size() - shown) + " more", null, ""));
    }
  }
}
