package io.httptrace.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;

/**
 * The rounds of one client with one workload.
 *
 * @param samples those that can be used; none if it failed
 */
public record Cell(List<Sample> samples) {

  /** {@return whether there is nothing to show} */
  public boolean isEmpty() {
    return samples.isEmpty();
  }

  /** {@return the median of a figure; NaN if there is none} */
  public double median(String name) {
    return median(samples.stream().mapToDouble(sample -> sample.value(name)));
  }

  /**
   * {@return half of the distance of the outermost rounds to each other, in percent of the median}
   */
  public double spread(String name) {
    double[] values = samples.stream().mapToDouble(sample -> sample.value(name)).toArray();
    if (values.length < 2) {
      return Double.NaN;
    }
    double least = Arrays.stream(values).min().orElse(Double.NaN);
    double most = Arrays.stream(values).max().orElse(Double.NaN);
    return 50 * (most - least) / median(name);
  }

  /**
   * {@return what comes of a figure of this one and that of another one, round by round, in order
   * of size}
   */
  public double[] with(Cell other, String name, DoubleBinaryOperator operator) {
    return samples.stream()
        .flatMapToDouble(
            mine ->
                other.samples().stream()
                    .filter(theirs -> theirs.round() == mine.round())
                    .mapToDouble(
                        theirs -> operator.applyAsDouble(mine.value(name), theirs.value(name))))
        .sorted()
        .toArray();
  }

  /** {@return the median of numbers; NaN if there are none} */
  static double median(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
