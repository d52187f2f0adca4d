package io.httptrace.conformance.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Waiting on a monitor. */
final class WaitingTest {
  private final Object monitor = new Object();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void whatAnotherThreadMakesTrueIsWaitedFor() throws InterruptedException {
    Thread other =
        new Thread(
            () -> {
              synchronized (monitor) {
                done.set(true);
                monitor.notifyAll();
              }
            });
    synchronized (monitor) {
      other.start();
      assertThat(Waiting.until(monitor, done::get, Waiting.LIMIT)).isTrue();
    }
    other.join(Waiting.LIMIT.toMillis());
  }

  @Test
  void whatIsNotTrueWithinTheLimitIsSaid() throws InterruptedException {
    synchronized (monitor) {
      assertThat(Waiting.until(monitor, done::get, Duration.ofMillis(1))).isFalse();
      assertThat(Waiting.until(monitor, done::get, Duration.ZERO)).isFalse();
      assertThat(Waiting.until(monitor, () -> true, Duration.ZERO)).isTrue();
    }
  }
}
