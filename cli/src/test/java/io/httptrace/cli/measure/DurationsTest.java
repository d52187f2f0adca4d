package io.httptrace.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DurationsTest {

  private static Durations of(long... nanos) {
    Durations durations = new Durations();
    for (long duration : nanos) {
      durations.add(duration);
    }
    return durations;
  }

  private static List<Long> figures(Durations durations) {
    List<Long> figures = new ArrayList<>();
    for (double percent : new double[] {0, 50, 90, 99, 99.9, 100}) {
      figures.add(durations.percentile(percent));
    }
    return figures;
  }

  @Test
  void percentilesAreThoseOfTheDurations() {
    assertThat(figures(of(LongStream.rangeClosed(1, 1000).toArray())))
        .containsExactly(1L, 500L, 900L, 990L, 999L, 1000L);
  }

  @Test
  void theOrderDoesNotMatter() {
    assertThat(figures(of(9, 1, 5, 3, 7, 2, 8, 4, 6, 10)))
        .containsExactly(1L, 5L, 9L, 10L, 10L, 10L);
  }

  @Test
  void oneDurationIsExactInEveryPercentile() {
    long nanos = 123_456_789;

    assertThat(figures(of(nanos))).containsOnly(nanos);
    assertThat(of(nanos).mean()).isEqualTo(nanos);
  }

  @Test
  void longDurationsAreExactToAThousandth() {
    long[] seconds = LongStream.rangeClosed(1, 3600).map(i -> i * 1_000_000_000L).toArray();
    Durations durations = of(seconds);

    assertThat((double) durations.percentile(50)).isCloseTo(1.8e12, within(1.8e9));
    assertThat((double) durations.percentile(99)).isCloseTo(3.564e12, within(3.6e9));
    assertThat(durations.percentile(100)).isEqualTo(3_600_000_000_000L);
    assertThat(durations.mean()).isEqualTo(1_800_500_000_000L);
  }

  @Test
  void twoPartsTogetherAreLikeOne() {
    Durations both = of(1, 2, 3);
    both.addAll(of(4, 5, 6, 7, 8, 9, 10));

    assertThat(figures(both)).isEqualTo(figures(of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));
    assertThat(both.count()).isEqualTo(10);
    assertThat(both.mean()).isEqualTo(5);
  }

  @Test
  void binsHoldEveryDuration() {
    Durations durations = of(LongStream.rangeClosed(1, 1000).map(i -> i * 1000).toArray());

    List<TotalChart.Bin> bins = TotalChart.bins(durations);

    assertThat(bins).hasSize(10);
    assertThat(bins.stream().mapToLong(TotalChart.Bin::count).sum()).isEqualTo(1000);
    assertThat(bins.get(8).upToNanos()).isEqualTo(durations.percentile(99));
    assertThat(bins.get(9)).isEqualTo(new TotalChart.Bin(1_000_000, 10));
    assertThat(bins.subList(0, 9)).allMatch(bin -> Math.abs(bin.count() - 110) <= 2);
  }

  @Test
  void equalDurationsAreOneBin() {
    assertThat(TotalChart.bins(of(5, 5, 5))).containsExactly(new TotalChart.Bin(5, 3));
    assertThat(TotalChart.bins(of())).isEmpty();
  }
}
