package io.httptrace.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200300000   | 0 ms, 50 ms, 100 ms, 150 ms, 200 ms",
        "110500000   | 0 ms, 20 ms, 40 ms, 60 ms, 80 ms, 100 ms",
        "500000      | 0 µs, 100 µs, 200 µs, 300 µs, 400 µs, 500 µs",
        "1000000     | 0 ms, 0.2 ms, 0.4 ms, 0.6 ms, 0.8 ms, 1 ms",
        "2500000000  | 0 s, 0.5 s, 1 s, 1.5 s, 2 s, 2.5 s",
        "90000000000 | 0 s, 20 s, 40 s, 60 s, 80 s",
        "7           | 0 µs, 0.002 µs, 0.004 µs, 0.006 µs",
        "0           | 0 µs",
      })
  void linesAreAtRoundTimes(long total, String labels) {
    TimeAxis axis = new TimeAxis(total);

    assertThat(axis.ticks().stream().map(axis::label).collect(Collectors.joining(", ")))
        .isEqualTo(labels);
  }

  @Test
  void theShortestBarCanBeSeenAndFits() {
    TimeAxis axis = new TimeAxis(1_000_000);

    assertThat(List.of(axis.position(0), axis.width(0, 1))).containsExactly("0.000%", "0.300%");
    assertThat(List.of(axis.position(1_000_000), axis.width(1_000_000, 1_000_000)))
        .containsExactly("99.700%", "0.300%");
    assertThat(axis.width(0, 9_000_000)).isEqualTo("100.000%");
  }

  @Test
  void aCallThatTookNoTimeHasBarsToo() {
    TimeAxis axis = new TimeAxis(0);

    assertThat(List.of(axis.position(0), axis.width(0, 0))).containsExactly("0.000%", "0.300%");
  }
}
