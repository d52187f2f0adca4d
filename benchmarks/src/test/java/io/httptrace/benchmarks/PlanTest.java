package io.httptrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void comparesAllClientsWithOneAndWithManyThreads() {
    Plan plan = Plan.of();

    assertThat(plan.clients()).containsExactly(ClientKind.values());
    assertThat(plan.threadCounts()).containsExactly(1, 32);
  }

  @Test
  void takesOptions() {
    assertThat(
            Plan.of(
                "--clients=apache,jdk",
                "--threads=8",
                "--rounds=2",
                "--warmup-ms=10",
                "--measured-ms=20",
                "--json=a=b",
                "--readme=r"))
        .isEqualTo(
            new Plan(
                List.of(ClientKind.APACHE, ClientKind.JDK),
                List.of(8),
                2,
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                "a=b",
                "r"));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Plan.of("--round=2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such option: --round=2");
    assertThatThrownBy(() -> Plan.of("rounds"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such option: rounds");
  }
}
