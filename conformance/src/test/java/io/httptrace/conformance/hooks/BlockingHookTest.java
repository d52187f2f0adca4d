package io.httptrace.conformance.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import org.junit.jupiter.api.Test;

/** A hook that blocks. */
final class BlockingHookTest {
  private final BlockingHook hook = new BlockingHook();
  private final ClientTrace trace = ClientTrace.builder().wroteHeaders(hook).build();
  private final Gate passed = new Gate();

  private Thread caller() {
    Thread caller =
        new Thread(
            () -> {
              trace.wroteHeaders();
              passed.open();
            });
    caller.start();
    return caller;
  }

  @Test
  void itBlocksUntilItIsReleased() throws InterruptedException {
    Thread caller = caller();
    hook.awaitCall();
    assertThat(passed.isOpen()).isFalse();

    hook.release();

    assertThat(passed.await(Waiting.LIMIT)).isTrue();
    caller.join();
  }

  @Test
  void itDoesNotBlockWhoCallsItLater() throws InterruptedException {
    hook.release();

    Thread caller = caller();

    assertThat(passed.await(Waiting.LIMIT)).isTrue();
    hook.awaitCall();
    caller.join();
  }

  @Test
  void anInterruptEndsItAndIsKept() {
    Thread.currentThread().interrupt();

    trace.wroteHeaders();

    assertThat(Thread.interrupted()).isTrue();
  }
}
