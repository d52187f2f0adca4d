package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Netty's timers end, whatever their task does. */
class LoopTimerTest {
  private final TestClock clock = new TestClock();

  private LoopTimer<String> timer(Callable<String> task) {
    return new LoopTimer<>(ImmediateEventExecutor.INSTANCE, task, clock, 1_000_000);
  }

  @Test
  void itHasWhatItsTaskReturnsWhenTheTimeHasCome() {
    LoopTimer<String> timer = timer(() -> "result");
    assertThat(timer.isDone()).isFalse();
    clock.advanceMillis(1);

    assertThat(timer.getNow()).isEqualTo("result");
  }

  @Test
  void anErrorOfItsTaskIsItsFailure() {
    Error error = new LinkageError("on purpose");
    LoopTimer<String> timer =
        timer(
            () -> {
              throw error;
            });
    clock.advanceMillis(1);

    assertThat(timer.cause()).isSameAs(error);
  }

  @Test
  void oneThatIsCancelledDoesNotRun() {
    LoopTimer<String> timer = timer(() -> "never");
    timer.cancel(false);
    clock.advanceMillis(1);

    assertThat(timer.isCancelled()).isTrue();
    assertThat(clock.timers()).isZero();
  }
}
