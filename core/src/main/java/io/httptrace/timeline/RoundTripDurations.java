package io.httptrace.timeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations of a round trip that are not those of a phase, in nanoseconds; -1 is absent. */
record RoundTripDurations(
    long timeToConnection, long connect, long connectWithTls, long timeToFirstByte) {
  static @Nullable Duration duration(long nanos) {
    return nanos < 0 ? null : Duration.ofNanos(nanos);
  }
}
