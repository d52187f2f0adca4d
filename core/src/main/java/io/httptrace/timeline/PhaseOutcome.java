package io.httptrace.timeline;

/** How a phase ended. */
public enum PhaseOutcome {
  /** It ended without an error. */
  DONE,
  /** It reported an error. */
  FAILED,
  /** It had not ended when the round trip ended; the end shown is that of the round trip. */
  CUT,
  /** It had neither ended nor been cut when the timeline was made; the end shown is that moment. */
  IN_PROGRESS
}
