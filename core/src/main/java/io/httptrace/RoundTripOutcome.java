package io.httptrace;

/** How a round trip ended. */
public enum RoundTripOutcome {
  /** The response was read to its end. */
  COMPLETED,
  /** It failed; the error is in {@link RoundTripDoneInfo#error()}. */
  FAILED,
  /** A time limit ran out. */
  TIMED_OUT,
  /** The caller cancelled the request. */
  CANCELLED,
  /** The caller closed the body before its end. */
  ABANDONED
}
