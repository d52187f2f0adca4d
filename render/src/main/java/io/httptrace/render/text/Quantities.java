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
   * {@return a duration, below a second in milliseconds to the microsecond, and else in seconds to
   * the millisecond}
   *
   * @param duration the duration
   */
  public static String time(Duration duration) {
    return isMillis(duration)
        ? millis(duration)
        : String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
  }

  /**
   * {@return whether {@link #time} says milliseconds; what would be rounded up to 1000 does not}
   */
  private static boolean isMillis(Duration duration) {
    return duration.toNanos() < 999_999_500;
  }

  /**
   * {@return a duration as by {@link #time}, for a column that ends at the right: what has the
   * shorter unit ends with a blank, so that the points stand below one another}
   *
   * @param duration the duration
   */
  public static String column(Duration duration) {
    return isMillis(duration) ? time(duration) : time(duration) + " ";
  }

  /**
   * {@return how many bytes came in a second, as a size}
   *
   * @param bytes how many came
   * @param duration in what time; positive
   */
  public static String rate(long bytes, Duration duration) {
    return bytes((long) (bytes * 1e9 / duration.toNanos())) + "/s";
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
