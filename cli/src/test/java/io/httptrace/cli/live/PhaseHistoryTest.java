package io.httptrace.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.timelines.SampleTimelines;
import org.junit.jupiter.api.Test;

/** Phases over the last runs. */
final class PhaseHistoryTest {
  private final PhaseHistory history = new PhaseHistory();

  @Test
  void eachPhaseIsAsHighAsItTookLong() {
    history.add(SampleTimelines.of(SampleTimelines::pooled));
    history.add(SampleTimelines.of(SampleTimelines::retried));
    history.add(SampleTimelines.of(SampleTimelines::cold));

    assertThat(history.text(80, true, (ink, text) -> text))
        .isEqualTo(
            """

            dns         █                            19.800 ms
            connect    ▁█                            29.900 ms  2.000 ms to 29.900 ms
            tls         █                            39.900 ms
            request   ███                             0.300 ms
            wait      █▁█                            60.000 ms  3.600 ms to 60.000 ms
            response  █▁█                            50.000 ms  0.200 ms to 50.000 ms
            total     ▅▁█                           200.300 ms  9.200 ms to 200.300 ms
            """);
    assertThat(history.text(80, false, (ink, text) -> text)).contains("\ntotal     =_#   ");
  }

  @Test
  void theLastRunsAreShownIfThereIsNoRoomForAll() {
    for (int i = 0; i < 300; i++) {
      history.add(SampleTimelines.of(SampleTimelines::pooled));
    }

    assertThat(history.text(80, true, (ink, text) -> text).lines())
        .contains("total     " + "█".repeat(28) + "  110.500 ms");
  }

  @Test
  void aRunIsALine() {
    history.add(SampleTimelines.of(SampleTimelines::pooled));
    assertThat(history.line(""))
        .isEqualTo(
            "2030-01-02T03:04:05Z 200 request 0.300 ms, wait 60.000 ms, response 50.000 ms,"
                + " total 110.500 ms");

    history.add(SampleTimelines.of(SampleTimelines::refused));
    assertThat(history.line("refused"))
        .isEqualTo("2030-01-02T03:04:05Z --- connect 0.300 ms, total 0.500 ms, refused");
  }
}
