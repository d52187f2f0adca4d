package io.httptrace.html;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The scale that all bars of a call share.
 *
 * @param total the time, in nanoseconds, that its full width stands for
 */
record TimeAxis(long total) {
  private static final int MOST_TICKS = 6;

  /** So that the shortest bar can be seen. */
  private static final double LEAST_WIDTH = 0.3;

  /** {@return where a time is} */
  String position(long nanos) {
    return percent(left(nanos));
  }

  /**
   * {@return how wide a bar is}
   *
   * @param start when it begins
   * @param end when it ends
   */
  String width(long start, long end) {
    return percent(Math.max(LEAST_WIDTH, Math.min(100, share(end)) - left(start)));
  }

  /** The shortest bar has to fit to the right of it. */
  private double left(long nanos) {
    return Math.min(share(nanos), 100 - LEAST_WIDTH);
  }

  /** {@return a time as a share of the whole, in percent} */
  double share(long nanos) {
    return total == 0 ? 0 : 100.0 * nanos / total;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.3f%%", value);
  }

  /** {@return the round times at which there are lines, from 0} */
  List<Long> ticks() {
    List<Long> ticks = new ArrayList<>();
    long step = step();
    for (long tick = 0; tick <= total; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** One, two or five of a power of ten. */
  private long step() {
    long power = 1;
    while (true) {
      for (int factor : new int[] {1, 2, 5}) {
        if (total / (power * factor) < MOST_TICKS) {
          return power * factor;
        }
      }
      power *= 10;
    }
  }

  /** {@return a tick for people} All have the same unit. */
  String label(long tick) {
    if (total >= 1_000_000_000) {
      return in(tick, 9, "s");
    }
    return total >= 1_000_000 ? in(tick, 6, "ms") : in(tick, 3, "µs");
  }

  private static String in(long nanos, int decimals, String unit) {
    BigDecimal value = BigDecimal.valueOf(nanos, decimals).stripTrailingZeros();
    return value.toPlainString() + " " + unit;
  }
}
