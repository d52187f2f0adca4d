package io.httptrace.benchmarks.report;

import java.util.Locale;

/** Numbers as the tables have them; a dash for what there is not. */
final class Numbers {
  private static final String NONE = "–";

  private Numbers() {}

  /** {@return three digits, or all that stand before the point} */
  static String figure(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  static String ratio(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : NONE;
  }

  static String percent(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "±%.0f %%", value) : NONE;
  }

  /** {@return the smallest and the largest of sorted ratios} */
  static String range(double[] sorted) {
    return sorted.length < 2 ? NONE : ratio(sorted[0]) + "–" + ratio(sorted[sorted.length - 1]);
  }
}
