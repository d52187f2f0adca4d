package io.httptrace.cli.measure;

import java.util.Locale;

/** Durations as figures in a table: milliseconds, with at most three decimals. */
final class Millis {
  private Millis() {}

  /**
   * {@return a duration in milliseconds, without the unit, in four digits or a few more}
   *
   * @param nanos the duration
   */
  static String of(long nanos) {
    double millis = nanos / 1e6;
    String form =
        millis < 9.9995 ? "%.3f" : millis < 99.995 ? "%.2f" : millis < 999.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, form, millis);
  }
}
