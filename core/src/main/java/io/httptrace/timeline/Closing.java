package io.httptrace.timeline;

import org.jspecify.annotations.Nullable;

/**
 * How what is still open is closed.
 *
 * @param at when
 * @param outcome {@link PhaseOutcome#CUT}, or {@link PhaseOutcome#IN_PROGRESS}
 * @param error what ended the round trip, or null
 */
record Closing(long at, PhaseOutcome outcome, @Nullable Throwable error) {
  static Closing inProgress(long at) {
    return new Closing(at, PhaseOutcome.IN_PROGRESS, null);
  }

  static Closing cut(long at, @Nullable Throwable error) {
    return new Closing(at, PhaseOutcome.CUT, error);
  }
}
