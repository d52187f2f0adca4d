package io.httptrace.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.hooks.Strand;
import io.httptrace.client.netty.TestClock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final TestClock clock = new TestClock();
  private final Refusals refusals = new Refusals(clock, new Strand(Runnable::run));
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void theServerIsAskedAgainAtOnceAndThenAfterLongerAndLongerPauses() {
    refusals.refused(asked::incrementAndGet);
    assertThat(asked).hasValue(1);

    int expected = 1;
    for (int seconds : new int[] {1, 2, 4, 8, 16}) {
      assertThat(refusals.tolerable()).isTrue();
      refusals.refused(asked::incrementAndGet);
      clock.advanceMillis(1_000L * seconds - 1);
      assertThat(asked).hasValue(expected);
      clock.advanceMillis(1);
      expected++;
      assertThat(asked).hasValue(expected);
    }
    assertThat(refusals.tolerable()).isFalse();
  }

  @Test
  void aRequestThatWasNotSentHasNotBeenRefused() {
    for (int i = 0; i < 20; i++) {
      refusals.notSent(asked::incrementAndGet);
    }

    assertThat(asked).hasValue(20);
    assertThat(refusals.tolerable()).isTrue();
  }

  @Test
  void aRequestThatCanNeverBeSentIsGivenUp() {
    while (refusals.tolerable()) {
      refusals.notSent(asked::incrementAndGet);
    }

    assertThat(asked).hasValue(100);
  }

  @Test
  void aPauseCanBeStopped() {
    refusals.refused(asked::incrementAndGet);
    assertThat(refusals.stop()).isFalse();
    refusals.refused(asked::incrementAndGet);

    assertThat(refusals.stop()).isTrue();

    clock.advanceMillis(5_000);
    assertThat(asked).hasValue(1);
    assertThat(refusals.stop()).isFalse();
  }
}
