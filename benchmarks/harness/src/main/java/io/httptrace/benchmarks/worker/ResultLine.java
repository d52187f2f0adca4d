package io.httptrace.benchmarks.worker;

import java.util.Locale;

/** The one line a measurement prints: {@code RESULT key=value ...}. */
final class ResultLine {
  private final StringBuilder text = new StringBuilder("RESULT");

  void put(String key, double value) {
    put(key, String.format(Locale.ROOT, "%.3f", value));
  }

  void put(String key, long value) {
    put(key, Long.toString(value));
  }

  void put(String key, String value) {
    text.append(' ').append(key).append('=').append(value.replaceAll("[\\s,=\"]+", "_"));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
