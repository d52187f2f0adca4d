package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.RoundTrip;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ClientTimeTest {

  @Test
  void isAllThatIsInNoPhase() {
    // 200.3 ms: 0.2 before the lookup, and 0.1 each before connecting and TLS
    assertThat(of(SampleTimelines::cold)).containsExactly(Duration.ofNanos(400_000));
    assertThat(of(SampleTimelines::pooled)).containsExactly(Duration.ofNanos(200_000));
  }

  @Test
  void phasesThatOverlapCountOnce() {
    // attempts to connect of 4.9 and 2 ms, of which the second lies within the first
    assertThat(of(SampleTimelines::retried))
        .containsExactly(Duration.ofNanos(100_000), Duration.ofNanos(100_000));
  }

  private static List<Duration> of(Consumer<HookScript> story) {
    List<RoundTrip> roundTrips = SampleTimelines.of(story).roundTrips();
    return roundTrips.stream().map(ClientTime::of).toList();
  }
}
