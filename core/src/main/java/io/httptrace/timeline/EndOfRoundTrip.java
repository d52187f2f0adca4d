package io.httptrace.timeline;

import org.jspecify.annotations.Nullable;

/**
 * How phases that are still open are closed.
 *
 * @param at when
 * @param outcome {@link PhaseOutcome#CUT}, or {@link PhaseOutcome#IN_PROGRESS}
 * @param error what ended the round trip, or null
 */
record EndOfRoundTrip(long at, PhaseOutcome outcome, @Nullable Throwable error) {
  static EndOfRoundTrip inProgress(long at) {
    return new EndOfRoundTrip(at, PhaseOutcome.IN_PROGRESS, null);
  }

  static EndOfRoundTrip cut(long at, @Nullable Throwable error) {
    return new EndOfRoundTrip(at, PhaseOutcome.CUT, error);
  }
}
