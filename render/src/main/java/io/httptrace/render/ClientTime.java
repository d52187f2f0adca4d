package io.httptrace.render;

import io.httptrace.timeline.Phase;
import io.httptrace.timeline.RoundTrip;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The time of a round trip that belongs to no phase: what the client itself takes. */
final class ClientTime {
  private ClientTime() {}

  /**
   * {@return that time; never negative} Phases may overlap.
   *
   * @param roundTrip the round trip
   */
  static Duration of(RoundTrip roundTrip) {
    List<Phase> phases =
        roundTrip.phases().stream().sorted(Comparator.comparing(Phase::start)).toList();
    Duration covered = roundTrip.start();
    Duration gaps = Duration.ZERO;
    for (Phase phase : phases) {
      if (phase.start().compareTo(covered) > 0) {
        gaps = gaps.plus(phase.start()).minus(covered);
      }
      if (phase.end().compareTo(covered) > 0) {
        covered = phase.end();
      }
    }
    Duration end = roundTrip.end();
    return end.compareTo(covered) > 0 ? gaps.plus(end).minus(covered) : gaps;
  }
}
