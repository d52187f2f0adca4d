package io.httptrace.timeline;

/** How a phase ended. */
public enum PhaseOutcome {
  /** It came to its end. */
  DONE,
  /** It reported an error. */
  FAILED,
  /**
   * It reported no end of its own before the round trip ended; the end shown is that of the round
   * trip.
   */
  CUT,
  /** It had neither ended nor been cut when the timeline was made; the end shown is that moment. */
  IN_PROGRESS
}
