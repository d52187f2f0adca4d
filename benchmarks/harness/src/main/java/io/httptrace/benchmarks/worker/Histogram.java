package io.httptrace.benchmarks.worker;

/**
 * Counts of times: 64 steps to each power of two, so that a value read from it is within 1.6 %. One
 * thread writes it.
 */
public final class Histogram {
  private static final int STEPS = 64;
  private static final int STEP_BITS = 6;
  private static final int POWERS = 42;

  private final long[] counts = new long[STEPS * POWERS];
  private long max;

  /** Counts a time in nanoseconds; less than zero is zero. */
  public void record(long nanos) {
    long value = Math.max(0, nanos);
    max = Math.max(max, value);
    counts[index(value)]++;
  }

  private int index(long value) {
    if (value < STEPS) {
      return (int) value;
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int step = (int) (value >>> (power - STEP_BITS)) - STEPS;
    return Math.min((power - STEP_BITS + 1) * STEPS + step, counts.length - 1);
  }

  /** The middle of what an index stands for. */
  private static double value(int index) {
    if (index < STEPS) {
      return index;
    }
    int shift = index / STEPS - 1;
    return (double) ((index % STEPS + (long) STEPS) << shift) + (1L << shift) / 2.0;
  }

  /** Adds what another one counted. */
  public void add(Histogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    max = Math.max(max, other.max);
  }

  /** {@return how many times were counted} */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** {@return the largest time} */
  public long max() {
    return max;
  }

  /** {@return what so many percent do not exceed; NaN if there are none} */
  public double percentile(double percent) {
    long wanted = Math.max(1, (long) Math.ceil(total() * percent / 100));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Math.min(value(i), (double) max);
      }
    }
    return Double.NaN;
  }
}
