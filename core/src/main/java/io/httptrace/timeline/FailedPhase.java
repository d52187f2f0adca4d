package io.httptrace.timeline;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Finds the phase in which a failed leg died. */
final class FailedPhase {
  private FailedPhase() {}

  /**
   * {@return the phase whose own error the leg failed with; or else the one that was cut, the last
   * to start if several were; or else the last to end, if that failed; or else null}
   */
  static @Nullable Phase of(List<Phase> phases, @Nullable Throwable error) {
    Set<Throwable> causes = causes(error);
    Phase cut = null;
    Phase last = null;
    for (Phase phase : phases) {
      if (phase.abandoned()) {
        continue;
      }
      if (phase.outcome() == PhaseOutcome.FAILED && causes.contains(phase.error())) {
        return phase;
      }
      if (phase.outcome() == PhaseOutcome.CUT) {
        cut = phase;
      }
      if (last == null || phase.end().compareTo(last.end()) >= 0) {
        last = phase;
      }
    }
    if (cut != null) {
      return cut;
    }
    return last != null && hasFailed(last) ? last : null;
  }

  /** A cancelled attempt has lost a race; nothing dies of that. */
  private static boolean hasFailed(Phase phase) {
    return phase.outcome() == PhaseOutcome.FAILED
        && !(phase.error() instanceof CancellationException);
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
