package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.time.Waiting;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Whoever should listen hears it, on its own thread; and no wake-up is lost. */
class ReadinessTest extends ReadinessFixture {
  @Test
  void withoutACallerThePollerHearsIt() throws Exception {
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void whatIsHeardAgainBeforeItIsDealtWithIsNoNews() throws Exception {
    tasks.execute(() -> readiness.interest(0));
    try (Selector selector = Selector.open()) {
      SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
      say();
      selector.select();

      assertThat(readiness.heard(key, System::nanoTime)).isTrue();
      assertThat(readiness.heard(key, System::nanoTime)).isFalse();
      readiness.dealWith();
      assertThat(readiness.heard(key, System::nanoTime)).isTrue();
    }
  }

  @Test
  void whoWantsToKnowWhenItWasThereIsToldTheTimeAtWhichItWasHeard() throws Exception {
    say();
    assertThat(heardBy()).isEqualTo(POLLER);
    assertThat(readTimes.take()).as("nobody wants to know").isZero();

    readiness.readTime().wanted();
    long before = System.nanoTime();
    say();
    assertThat(heardBy()).isEqualTo(POLLER);
    assertThat(readTimes.take()).isBetween(before, System.nanoTime());

    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    before = System.nanoTime();
    say();
    assertThat(heardBy()).isEqualTo("caller");
    assertThat(readTimes.take()).isBetween(before, System.nanoTime());
    tell(caller);
    ends(caller);
  }

  @Test
  void aReadThatFilledItsBufferIsFollowedByAnotherWithoutAskingTheSystem() throws Exception {
    tasks.execute(() -> readiness.readFull(true));
    Thread caller = caller("caller");
    waits(caller);

    assertThat(dealtWith).as("though nothing has come").hasValue(1);
    tell(caller);
    ends(caller);
  }

  @Test
  void nothingIsReadThatIsNotWantedAfterAReadThatFilledItsBuffer() throws Exception {
    tasks.execute(
        () -> {
          readiness.readFull(true);
          readiness.interest(0);
        });
    Thread caller = caller("caller");
    waits(caller);

    assertThat(dealtWith).hasValue(0);
    tell(caller);
    ends(caller);
  }

  @Test
  void aCallerWhoWaitsHearsItOnItsOwnThread() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    say();
    assertThat(heardBy()).isEqualTo("caller");
    say();
    assertThat(heardBy()).isEqualTo("caller");

    tell(caller);
    ends(caller);
  }

  @Test
  void newsThatAreThereBeforeTheWaitAreNotSleptOver() {
    readiness.attach();

    assertThat(readiness.drive(() -> true)).isTrue();
    readiness.leave(true);
  }

  @Test
  void newsEndTheWait() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    tell(caller);

    ends(caller);
  }

  @RepeatedTest(200)
  void newsAtAnyMomentEndTheWait() throws Exception {
    Thread caller = caller("caller");
    tell(caller);

    ends(caller);
  }

  @Test
  void whatIsWantedWhileACallerWaitsIsHeardByIt() throws Exception {
    tasks.execute(() -> readiness.interest(0));
    say();
    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    assertThat(heard).isEmpty();
    tasks.execute(() -> readiness.interest(SelectionKey.OP_READ));

    // The caller may have to leave it to whoever runs tasks just then.
    assertThat(heardBy()).isIn("caller", Thread.currentThread().getName());
    tell(caller);
    ends(caller);
  }

  @Test
  void whatIsNotWantedIsNotHeardByThePollerEither() throws Exception {
    tasks.execute(() -> readiness.interest(0));
    say();
    tasks.execute(() -> readiness.interest(SelectionKey.OP_READ));

    // If the poller was about to hear it before, it is whoever ran tasks just then.
    assertThat(heardBy()).isIn(POLLER, Thread.currentThread().getName());
    assertThat(heard).isEmpty();
  }

  /** Whoever runs tasks meanwhile deals with what a caller has heard, and nobody hears it twice. */
  @Test
  void whatIsHeardWhileAnotherThreadRunsTasksIsDealtWithThere() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    isNotLookedAfter();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                tasks.execute(
                    () -> {
                      running.countDown();
                      await(enough);
                    }),
            "other");
    other.start();
    await(running);
    say();
    waits(caller);
    enough.countDown();
    ends(other);

    assertThat(heardBy()).isIn("other", "caller");
    say();
    assertThat(heardBy()).isEqualTo("caller");
    tell(caller);
    ends(caller);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
