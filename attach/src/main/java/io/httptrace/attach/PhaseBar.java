package io.httptrace.attach;

import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;

/** The time of a request as a few characters, each for the phase that took most of its part. */
final class PhaseBar {
  /** How many characters. */
  static final int LENGTH = 20;

  private static final char NO_PHASE = ' ';

  private PhaseBar() {}

  /** {@return the character of a kind of phase} */
  private static char of(PhaseKind kind) {
    return switch (kind) {
      case QUEUE -> 'q';
      case DNS -> 'd';
      case CONNECT -> 'c';
      case PROXY_TLS, PROXY_CONNECT -> 'p';
      case TLS -> 't';
      case REQUEST -> '>';
      case WAIT -> '.';
      case RESPONSE -> '<';
    };
  }

  /**
   * {@return the characters}
   *
   * @param timeline the request
   */
  static String of(Timeline timeline) {
    Duration total = timeline.total();
    long nanos = total == null ? 0 : total.toNanos();
    char[] bar = new char[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bar[i] = between(timeline, nanos * i / LENGTH, nanos * (i + 1) / LENGTH);
    }
    return new String(bar);
  }

  /** Of phases that overlap, the one that began last is shown. */
  private static char between(Timeline timeline, long start, long end) {
    char shown = NO_PHASE;
    long most = 0;
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      for (Phase phase : roundTrip.phases()) {
        long shared =
            Math.min(end, phase.end().toNanos()) - Math.max(start, phase.start().toNanos());
        if (shared > 0 && shared >= most) {
          most = shared;
          shown = of(phase.kind());
        }
      }
    }
    return shown;
  }
}
