package io.httptrace.timeline;

import io.httptrace.GotConnInfo;
import io.httptrace.RoundTripOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a round trip from its facts, its connections' dials, and its end. */
final class RoundTripBuilder {
  private final RoundTripDraft draft;
  private final EndOfRoundTrip closing;
  private final List<ConnectionDraft> dials;

  RoundTripBuilder(RoundTripDraft draft, EndOfRoundTrip closing, List<ConnectionDraft> dials) {
    this.draft = draft;
    this.closing = closing;
    this.dials = dials;
  }

  RoundTrip build() {
    List<Phase> phases = phases();
    RoundTripOutcome outcome = draft.outcome();
    Throwable error = closing.error();
    boolean failed = outcome != null && isFailure(outcome);
    FailurePoint failurePoint = failed ? FailurePoint.of(phases, error) : FailurePoint.NONE;
    return new RoundTrip(draft, closing, phases, failurePoint, use(), durations());
  }

  private List<Phase> phases() {
    List<Phase> phases = new ArrayList<>(ExchangePhases.of(draft, closing));
    for (ConnectionDraft dial : dials) {
      phases.addAll(dial.phasesWithin(closing, isPassedOver(draft, dial)));
    }
    phases.sort(Comparator.comparing(Phase::start).thenComparing(Phase::kind));
    return phases;
  }

  /**
   * Whether the round trip went on with another connection, and not because the dial had failed.
   */
  private static boolean isPassedOver(RoundTripDraft roundTrip, ConnectionDraft dial) {
    return roundTrip.connection() != null
        && roundTrip.connection() != dial
        && !dial.hadFailedBy(roundTrip.gotConnAt());
  }

  /**
   * Whether the round trip passed the dial over, or ended without a connection while it went on.
   */
  static boolean isAbandoned(
      RoundTripDraft roundTrip, ConnectionDraft dial, EndOfRoundTrip closing) {
    boolean ended = closing.outcome() == PhaseOutcome.CUT;
    boolean outlived = ended && roundTrip.connection() == null && dial.wentOnAfter(closing.at());
    return outlived || isPassedOver(roundTrip, dial);
  }

  private @Nullable ConnectionUse use() {
    GotConnInfo info = draft.gotConn();
    ConnectionDraft connection = draft.connection();
    if (info == null || connection == null) {
      return null;
    }
    boolean notOurs = info.reused() || draft.waitedForDialOfAnother() || !dials.isEmpty();
    boolean forAnother =
        notOurs && info.connection().requestsBefore() == 0 && connection.dialler() == null;
    return new ConnectionUse(info, forAnother);
  }

  private RoundTripDurations durations() {
    ConnectionDraft connection = draft.connection();
    boolean dialled = connection != null && connection.dialler() == draft;
    return new RoundTripDurations(
        since(draft.start(), draft.gotConnAt()),
        dialled && connection != null
            ? connection.connectNanos(draft.gotConnAt())
            : RoundTripDraft.ABSENT,
        dialled && connection != null
            ? connection.connectNanosWithTls(draft.gotConnAt())
            : RoundTripDraft.ABSENT,
        since(draft.start(), draft.firstByteAt()));
  }

  private static long since(long start, long at) {
    return at == RoundTripDraft.ABSENT ? RoundTripDraft.ABSENT : at - start;
  }

  private static boolean isFailure(RoundTripOutcome outcome) {
    return switch (outcome) {
      case FAILED, TIMED_OUT, CANCELLED -> true;
      case COMPLETED, ABANDONED -> false;
    };
  }
}
