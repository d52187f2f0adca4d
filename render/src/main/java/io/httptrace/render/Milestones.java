package io.httptrace.render;

import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.PhaseOutcome;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times from the start until a step of the last round trip was done, by the names curl has for
 * them.
 */
final class Milestones {

  /**
   * A step that was done.
   *
   * @param name curl's name for it, without {@code time_}
   * @param at when, from the start of the timeline
   */
  record Milestone(String name, Duration at) {}

  private final List<Milestone> all = new ArrayList<>();

  private Milestones() {}

  /** {@return the steps that were done, without the end of all, in the order in which they are} */
  static List<Milestone> of(Timeline timeline) {
    Milestones milestones = new Milestones();
    List<RoundTrip> roundTrips = timeline.roundTrips();
    if (!roundTrips.isEmpty()) {
      RoundTrip last = roundTrips.get(roundTrips.size() - 1);
      milestones.add("redirect", roundTrips.size() == 1 ? null : last.start());
      milestones.add("namelookup", end(last, PhaseKind.DNS));
      milestones.add("connect", end(last, PhaseKind.CONNECT));
      milestones.add("appconnect", end(last, PhaseKind.TLS));
      milestones.add("pretransfer", start(last));
      milestones.add("starttransfer", timeline.timeToFirstByte());
    }
    return List.copyOf(milestones.all);
  }

  private void add(String name, @Nullable Duration at) {
    if (at != null) {
      all.add(new Milestone(name, at));
    }
  }

  /** {@return when the phase was done that led to the connection; null if there was none} */
  private static @Nullable Duration end(RoundTrip roundTrip, PhaseKind kind) {
    Duration end = null;
    for (Phase phase : roundTrip.phases(kind)) {
      if (phase.outcome() == PhaseOutcome.DONE && !phase.abandoned()) {
        end = phase.end();
      }
    }
    return end;
  }

  private static @Nullable Duration start(RoundTrip roundTrip) {
    List<Phase> requests = roundTrip.phases(PhaseKind.REQUEST);
    return requests.isEmpty() ? null : requests.get(0).start();
  }
}
