package io.httptrace.cli.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * How often the total took how long: a few bins of the same width up to the 99th percentile, and
 * one for what is longer.
 */
final class TotalChart {
  private static final int BINS = 9;

  /**
   * A bin.
   *
   * @param upToNanos the longest duration in it
   * @param count how many requests
   */
  record Bin(long upToNanos, long count) {}

  private TotalChart() {}

  /** {@return the bins; empty if there are no durations} */
  static List<Bin> bins(Durations durations) {
    List<Bin> bins = new ArrayList<>();
    if (durations.count() == 0) {
      return bins;
    }
    long low = durations.percentile(0);
    long high = durations.percentile(99);
    long max = durations.percentile(100);
    long[] edges = edges(low, high, max);
    long[] counts = new long[edges.length];
    durations.forEach(
        (duration, count) -> {
          int bin = 0;
          while (bin < edges.length - 1 && duration > edges[bin]) {
            bin++;
          }
          counts[bin] += count;
        });
    for (int i = 0; i < edges.length; i++) {
      bins.add(new Bin(edges[i], counts[i]));
    }
    return bins;
  }

  private static long[] edges(long low, long high, long max) {
    if (low == max) {
      return new long[] {max};
    }
    long top = low == high ? max : high;
    int more = top < max ? 1 : 0;
    long[] edges = new long[BINS + more];
    for (int i = 0; i < BINS; i++) {
      edges[i] = low + Math.round((top - low) * (i + 1.0) / BINS);
    }
    if (more > 0) {
      edges[BINS] = max;
    }
    return edges;
  }

  /**
   * {@return the bins as lines}
   *
   * @param bins the bins
   * @param width how many columns there are
   * @param bars what to draw with
   */
  static List<String> lines(List<Bin> bins, int width, Bars bars) {
    long most = bins.stream().mapToLong(Bin::count).max().orElse(0);
    int countColumns = Long.toString(most).length();
    int columns = Math.max(1, width - "up to 123456 ms  ".length() - 1 - countColumns);
    List<String> lines = new ArrayList<>();
    for (Bin bin : bins) {
      String bar = bars.bar((double) bin.count() / most, columns);
      String count = Long.toString(bin.count());
      lines.add(
          "up to "
              + " ".repeat(Math.max(0, 6 - Millis.of(bin.upToNanos()).length()))
              + Millis.of(bin.upToNanos())
              + " ms  "
              + bar
              + " ".repeat(columns - bar.length() + 1 + countColumns - count.length())
              + count);
    }
    return lines;
  }
}
