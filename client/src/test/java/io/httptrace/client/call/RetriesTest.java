package io.httptrace.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.netty.TestClock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final TestClock clock = new TestClock();
  private final Retries retries = new Retries(clock, new Strand(Runnable::run));
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void theServerIsAskedAgainAtOnceAndThenAfterLongerAndLongerPauses() {
    retries.refused(asked::incrementAndGet);
    assertThat(asked).hasValue(1);

    int expected = 1;
    for (int seconds : new int[] {1, 2, 4, 8, 16}) {
      assertThat(retries.tolerable()).isTrue();
      retries.refused(asked::incrementAndGet);
      clock.advanceMillis(1_000L * seconds - 1);
      assertThat(asked).hasValue(expected);
      clock.advanceMillis(1);
      expected++;
      assertThat(asked).hasValue(expected);
    }
    assertThat(retries.tolerable()).isFalse();
  }

  @Test
  void aRequestThatWasNotSentHasNotBeenRefused() {
    for (int i = 0; i < 20; i++) {
      retries.notSent(asked::incrementAndGet);
    }

    assertThat(asked).hasValue(20);
    assertThat(retries.tolerable()).isTrue();
  }

  @Test
  void aRequestThatCanNeverBeSentIsGivenUp() {
    while (retries.tolerable()) {
      retries.notSent(asked::incrementAndGet);
    }

    assertThat(asked).hasValue(100);
  }

  @Test
  void aPauseCanBeStopped() {
    retries.refused(asked::incrementAndGet);
    assertThat(retries.stop()).isFalse();
    retries.refused(asked::incrementAndGet);

    assertThat(retries.stop()).isTrue();

    clock.advanceMillis(5_000);
    assertThat(asked).hasValue(1);
    assertThat(retries.stop()).isFalse();
  }
}
