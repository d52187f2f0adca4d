package io.httptrace.cli.measure;

import io.httptrace.cli.gate.Spread;
import java.util.function.ObjLongConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Any number of durations in little memory. Percentiles are exact to a thousandth of their value;
 * the smallest, the largest and the mean are exact. Not safe for use by several threads.
 */
final class Durations implements Spread {
  private static final int DIGITS = 3;

  private final Histogram histogram = new Histogram(DIGITS);
  private long min = Long.MAX_VALUE;
  private long max;
  private long sum;

  /**
   * Adds one.
   *
   * @param nanos how long, in nanoseconds
   */
  void add(long nanos) {
    long duration = Math.max(0, nanos);
    histogram.recordValue(duration);
    min = Math.min(min, duration);
    max = Math.max(max, duration);
    sum += duration;
  }

  /**
   * Adds all of another one.
   *
   * @param others durations
   */
  void addAll(Durations others) {
    histogram.add(others.histogram);
    min = Math.min(min, others.min);
    max = Math.max(max, others.max);
    sum += others.sum;
  }

  /** {@return how many there are} */
  long count() {
    return histogram.getTotalCount();
  }

  @Override
  public long percentile(double percent) {
    if (percent >= 100) {
      return max;
    }
    return percent <= 0
        ? min
        : Math.min(max, Math.max(min, histogram.getValueAtPercentile(percent)));
  }

  @Override
  public long mean() {
    return count() == 0 ? 0 : sum / count();
  }

  /**
   * Passes on how often there is which duration, the shortest first.
   *
   * @param consumer gets the duration in nanoseconds, to a thousandth, and the number
   */
  void forEach(ObjLongConsumer<Long> consumer) {
    for (HistogramIterationValue value : histogram.recordedValues()) {
      long duration = Math.min(max, Math.max(min, value.getValueIteratedTo()));
      consumer.accept(duration, value.getCountAtValueIteratedTo());
    }
  }
}
