package io.httptrace.benchmarks.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.EventStamp;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookObjectsTest {
  private static final String EVENT_STAMP = EventStamp.class.getName();

  @Test
  void takesTheHookTypesOfAHistogram() {
    assertThat(
            HookObjects.ofHistogram(
                """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:          5000         160000  [B (java.base@17)
                   2:            30            960  io.httptrace.GotConnInfo
                   3:             2             64  io.httptrace.timeline.RoundTrip
                   4:             1             16  io.httptrace.client.hooks.RequestTrace
                   5:             7            112  io.httptrace.client.pool.ConnectionPool
                Total         5040         161152
                """))
        .isEqualTo(
            Map.of(
                "io.httptrace.GotConnInfo", 30L,
                "io.httptrace.timeline.RoundTrip", 2L,
                "io.httptrace.client.hooks.RequestTrace", 1L));
  }

  @Test
  void seesObjectsThatNobodyHoldsAnyMore() throws Exception {
    Map<String, Long> before = HookObjects.count();
    int sum = 0;
    for (int i = 0; i < 1000; i++) {
      sum += EventStamp.of(i, i, i).toString().length();
    }
    long added = HookObjects.added(before, HookObjects.count()).getOrDefault(EVENT_STAMP, 0L);

    assertThat(sum).isPositive();
    assertThat(added).isPositive();
  }

  @Test
  void reportsOnlyWhatHasBeenAdded() {
    assertThat(HookObjects.added(Map.of("a", 1L, "b", 2L), Map.of("a", 1L, "b", 5L, "c", 1L)))
        .isEqualTo(Map.of("b", 3L, "c", 1L));
  }
}
