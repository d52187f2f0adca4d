package io.httptrace.benchmarks.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationCheckTest {
  private static final List<String> ROOM_WITHOUT_COLLECTION =
      List.of("-XX:+UseParallelGC", "-Xms512m", "-Xmx512m", "-Xmn400m");

  @Test
  void anUntracedRequestMakesNoObjectForHooks() {
    try (ChildProcess check =
        ChildProcess.start(ROOM_WITHOUT_COLLECTION, AllocationCheck.class, "2000")) {
      assertThat(check.readLine()).matches("untraced: [0-9,]+ bytes/request");
      assertThat(check.readLine()).matches("empty trace: [0-9,]+ bytes/request");
      assertThat(check.readLine()).matches("recorder: [0-9,]+ bytes/request");
      assertThat(check.readLine()).isEqualTo("hook objects of untraced requests: {}");
      assertThat(check.waitFor()).isZero();
    }
  }
}
