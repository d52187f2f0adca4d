package io.httptrace.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void percentilesAreWithinTwoPercent() {
    for (int i = 1; i <= 1_000_000; i++) {
      histogram.record(i);
    }
    assertThat(histogram.total()).isEqualTo(1_000_000);
    assertThat(histogram.percentile(50)).isCloseTo(500_000, within(10_000.0));
    assertThat(histogram.percentile(99)).isCloseTo(990_000, within(20_000.0));
    assertThat(histogram.percentile(100)).isEqualTo(1_000_000);
    assertThat(histogram.max()).isEqualTo(1_000_000);
  }

  @Test
  void smallValuesAreExactAndLargeOnesCount() {
    histogram.record(-5);
    histogram.record(7);
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.percentile(34)).isEqualTo(7);
    assertThat(histogram.percentile(1)).isZero();
    assertThat(histogram.max()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void twoAreAdded() {
    Histogram other = new Histogram();
    other.record(30);
    histogram.record(10);
    histogram.add(other);
    assertThat(histogram.total()).isEqualTo(2);
    assertThat(histogram.max()).isEqualTo(30);
  }

  @Test
  void anEmptyOneHasNoPercentile() {
    assertThat(histogram.percentile(50)).isNaN();
  }
}
