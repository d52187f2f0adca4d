package io.httptrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadRunTest {

  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void everyClientReadsTheBodyWholeTimeAfterTime(ClientKind kind) throws Exception {
    try (BenchServer server = BenchServer.start();
        LoadClient client = kind.open(URI.create("http://127.0.0.1:" + server.port() + "/"))) {
      assertThat(client.get()).isEqualTo(100);
      assertThat(client.get()).isEqualTo(100);
    }
  }

  @Test
  void countsTheRequestsOfTheMeasurementOnly() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    LoadRun run = new LoadRun(client(() -> calls.incrementAndGet() > 0 ? 100 : 0), 2);
    Sample sample = run.measure(Duration.ofMillis(20), Duration.ofMillis(20));
    for (int millis = 200; sample.requests() == 0 && millis < 60_000; millis *= 2) {
      // A busy machine may not have come to it.
      sample = run.measure(Duration.ofMillis(20), Duration.ofMillis(millis));
    }

    assertThat(sample.requests()).isPositive().isLessThan(calls.get());
    assertThat(sample.nanos()).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
  }

  @Test
  void aFailedRequestFailsTheRun() {
    LoadRun run =
        new LoadRun(
            client(
                () -> {
                  throw new IOException("reset");
                }),
            1);

    assertThatThrownBy(() -> run.measure(Duration.ofMinutes(1), Duration.ofMinutes(1)))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("reset");
  }

  @Test
  void aShortBodyFailsTheRun() {
    LoadRun run = new LoadRun(client(() -> 99), 1);

    assertThatThrownBy(() -> run.measure(Duration.ofMinutes(1), Duration.ofMinutes(1)))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("a body of 99 bytes");
  }

  private interface Get {
    int get() throws IOException;
  }

  private static LoadClient client(Get get) {
    return new LoadClient() {
      @Override
      public int get() throws IOException {
        return get.get();
      }

      @Override
      public void close() {}
    };
  }
}
