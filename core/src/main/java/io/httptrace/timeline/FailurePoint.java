package io.httptrace.timeline;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a round trip failed: in a phase, or between two phases. A round trip that did not fail, or
 * failed before its first phase, has neither.
 *
 * @param in the phase it failed in, or null
 * @param after if it failed between two phases, the one that had ended last; otherwise null
 */
record FailurePoint(@Nullable Phase in, @Nullable Phase after) {
  static final FailurePoint NONE = new FailurePoint(null, null);

  /**
   * {@return the first of these: in the phase whose own error the round trip failed with; in the
   * phase that was cut, the last to start if several were; in the last phase to end, if it failed;
   * after the last phase to end}
   *
   * <p>Abandoned phases and attempts that lost a race do not count: they do not fail a round trip.
   */
  static FailurePoint of(List<Phase> phases, @Nullable Throwable error) {
    Set<Throwable> causes = causes(error);
    Set<OptionalLong> connected = connected(phases);
    Phase cut = null;
    Phase last = null;
    for (Phase phase : phases) {
      boolean lost = wasStopped(phase) && connected.contains(phase.connectionId());
      if (lost || phase.abandoned()) {
        continue;
      }
      if (phase.outcome() == PhaseOutcome.FAILED && causes.contains(phase.error())) {
        return new FailurePoint(phase, null);
      }
      if (phase.outcome() == PhaseOutcome.CUT) {
        cut = phase;
      }
      if (last == null || phase.end().compareTo(last.end()) >= 0) {
        last = phase;
      }
    }
    if (cut != null) {
      return new FailurePoint(cut, null);
    }
    return last != null && last.outcome() == PhaseOutcome.FAILED
        ? new FailurePoint(last, null)
        : new FailurePoint(null, last);
  }

  /** The connections with an attempt that succeeded: their other attempts have lost. */
  private static Set<OptionalLong> connected(List<Phase> phases) {
    return phases.stream()
        .filter(phase -> phase.kind() == PhaseKind.CONNECT)
        .filter(phase -> phase.outcome() == PhaseOutcome.DONE)
        .map(Phase::connectionId)
        .collect(Collectors.toSet());
  }

  private static boolean wasStopped(Phase phase) {
    return phase.kind() == PhaseKind.CONNECT
        && (phase.outcome() == PhaseOutcome.CUT || phase.error() instanceof CancellationException);
  }

  private static Set<Throwable> causes(@Nullable Throwable error) {
    Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable cause = error;
    while (cause != null && causes.add(cause)) {
      cause = cause.getCause();
    }
    return causes;
  }
}
