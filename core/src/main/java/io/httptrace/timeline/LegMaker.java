package io.httptrace.timeline;

import io.httptrace.GotConnInfo;
import io.httptrace.RoundTripOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a leg of its facts, its connections' dials, and its end. */
final class LegMaker {
  private final LegDraft draft;
  private final Closing closing;
  private final List<ConnectionDraft> dials;

  LegMaker(LegDraft draft, Closing closing, List<ConnectionDraft> dials) {
    this.draft = draft;
    this.closing = closing;
    this.dials = dials;
  }

  Leg make() {
    List<Phase> phases = phases();
    RoundTripOutcome outcome = draft.outcome();
    Throwable error = closing.error();
    boolean failed = outcome != null && isFailure(outcome);
    Death death = failed ? Death.of(phases, error) : Death.NONE;
    return new Leg(draft, closing, phases, death, use(), figures());
  }

  private List<Phase> phases() {
    List<Phase> phases = new ArrayList<>(ExchangePhases.of(draft, closing));
    for (ConnectionDraft dial : dials) {
      phases.addAll(dial.phasesWithin(closing, isPassedOver(draft, dial)));
    }
    phases.sort(Comparator.comparing(Phase::start).thenComparing(Phase::kind));
    return phases;
  }

  /** Whether the leg went on with another connection, and not because the dial had failed. */
  private static boolean isPassedOver(LegDraft leg, ConnectionDraft dial) {
    return leg.connection() != null
        && leg.connection() != dial
        && !dial.hadFailedBy(leg.gotConnAt());
  }

  /** Whether the dial was passed over, or ended without a connection while the dial went on. */
  static boolean isAbandoned(LegDraft leg, ConnectionDraft dial, Closing closing) {
    boolean ended = closing.outcome() == PhaseOutcome.CUT;
    boolean outlived = ended && leg.connection() == null && dial.wentOnAfter(closing.at());
    return outlived || isPassedOver(leg, dial);
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

  private Figures figures() {
    ConnectionDraft connection = draft.connection();
    boolean dialled = connection != null && connection.dialler() == draft;
    return new Figures(
        since(draft.start(), draft.gotConnAt()),
        dialled && connection != null
            ? connection.connectNanos(draft.gotConnAt())
            : LegDraft.ABSENT,
        dialled && connection != null
            ? connection.connectNanosWithTls(draft.gotConnAt())
            : LegDraft.ABSENT,
        since(draft.start(), draft.firstByteAt()));
  }

  private static long since(long start, long at) {
    return at == LegDraft.ABSENT ? LegDraft.ABSENT : at - start;
  }

  private static boolean isFailure(RoundTripOutcome outcome) {
    return switch (outcome) {
      case FAILED, TIMED_OUT, CANCELLED -> true;
      case COMPLETED, ABANDONED -> false;
    };
  }
}
