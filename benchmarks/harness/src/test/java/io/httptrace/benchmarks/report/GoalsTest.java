package io.httptrace.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalsTest {

  @Test
  void aGoalNeedsItsClientAndTheOneItIsComparedWith() {
    assertThat(Goals.need("sync1", "httptrace")).isTrue();
    assertThat(Goals.need("sync1", "apache")).isTrue();
    assertThat(Goals.need("sync1", "jdk")).isFalse();
    assertThat(Goals.need("get1m", "jdk")).isTrue();
    assertThat(Goals.need("cold", "httptrace-boringssl")).isTrue();
    assertThat(Goals.need("tls1", "httptrace-boringssl")).isFalse();
  }

  @Test
  void theBestPeerIsSoughtAmongThoseThatCanBeIt() {
    assertThat(Goals.need("h2sync1", "armeria")).isTrue();
    assertThat(Goals.need("h2sync1", "jetty")).isTrue();
    assertThat(Goals.need("tls1", "apache")).isTrue();
    assertThat(Goals.need("tls1", "okhttp")).isFalse();
  }

  @Test
  void goIsMeasuredWhereARecorderIs() {
    assertThat(Goals.need("sync32", "go-hooks")).isTrue();
    assertThat(Goals.need("sync32", "httptrace-hooks")).isFalse();
    assertThat(Goals.need("post1k", "go")).isFalse();
  }
}
