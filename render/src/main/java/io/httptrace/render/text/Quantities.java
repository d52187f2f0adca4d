package io.httptrace.render.text;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes as text. */
public final class Quantities {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Quantities() {}

  /**
   * {@return a duration in milliseconds, to the microsecond}
   *
   * @param duration the duration
   */
  public static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.3f ms", duration.toNanos() / 1e6);
  }

  /**
   * {@return a size, from 1000 bytes on in a larger unit}
   *
   * @param bytes the size
   */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
    }
    double size = bytes / 1000.0;
    int unit = 0;
    while (size >= 999.95) { // what would be rounded up to 1000.0
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
