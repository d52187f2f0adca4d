package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Callers and the poller take a connection over from one another, and nothing goes unheard. */
class ReadinessHandOverTest extends ReadinessFixture {
  @Test
  void ofACallerWhoStaysAwayThePollerTakesOver() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    assertThat(readiness.isUnpolled()).isFalse();
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
    readiness.leave(true);
  }

  @Test
  void whoLeavesWithWorkLeftLeavesItToThePoller() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    readiness.leave(false);

    assertThat(readiness.isUnpolled()).isFalse();
    say();
    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void anIdleConnectionIsAloneForAWhileAndThenThePollersAgain() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    readiness.leave(true);
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void whoLooksAfterAnIdleConnectionHearsWhatHasCome() throws Exception {
    readiness.attach();
    readiness.drive(() -> true);
    readiness.leave(true);
    say();
    while (heard.isEmpty()) {
      readiness.pollNow();
    }

    assertThat(heardBy()).isIn(Thread.currentThread().getName(), POLLER);
  }

  @Test
  void theNextCallerTakesOverFromOneWhoStillWaits() throws Exception {
    Thread first = caller("first");
    waits(first);
    Thread second = caller("second");
    waits(second);
    isNotLookedAfter();
    say();

    assertThat(heardBy()).isEqualTo("second");
    tell(first);
    tell(second);
    ends(first);
    ends(second);
  }

  @Test
  void fromACallerWhoStillWaitsThePollerTakesOver() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    readiness.share();
    waitsNoMore(caller);
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
    tell(caller);
    ends(caller);
  }

  @Test
  void theEndOfTheChannelEndsTheWait() throws Exception {
    Thread caller = caller("caller");
    waits(caller);
    socket.close();
    tasks.execute(readiness::cancel);
    waitsNoMore(caller);
    tell(caller);

    ends(caller);
    assertThat(peer.read(ByteBuffer.allocate(1))).as("the socket is closed").isEqualTo(-1);
  }

  private static void waitsNoMore(Thread caller) {
    while (caller.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void anInterruptEndsTheWaitAndClosesNothing() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              readiness.attach();
              readiness.drive(() -> false);
              interrupted.set(Thread.currentThread().isInterrupted());
              readiness.leave(false);
            });
    caller.start();
    waits(caller);
    caller.interrupt();
    ends(caller);
    say();

    assertThat(interrupted).isTrue();
    assertThat(heardBy()).isEqualTo(POLLER);
  }

  /** Callers come and go, are shared and taken back; what the peer says is always heard. */
  @RepeatedTest(10)
  void whoeverListensEverythingIsHeard() throws Exception {
    int messages = 300;
    Thread sharing =
        new Thread(
            () -> {
              while (!news.get()) {
                readiness.share();
                Thread.onSpinWait();
              }
            });
    Thread one = comingAndGoing();
    Thread two = comingAndGoing();
    sharing.start();
    for (int i = 0; i < messages; i++) {
      say();
      assertThat(heardBy()).as("message " + i).isNotNull();
    }
    news.set(true);
    for (Thread each : new Thread[] {sharing, one, two}) {
      LockSupport.unpark(each);
      readiness.wake(each);
      ends(each);
    }
  }

  private Thread comingAndGoing() {
    Thread caller =
        new Thread(
            () -> {
              for (int i = 0; !news.get(); i++) {
                readiness.attach();
                for (int j = 0; j < i % 3; j++) {
                  boolean stop = j % 2 == 1;
                  long left = System.nanoTime() + 200_000;
                  readiness.drive(() -> stop || news.get() || System.nanoTime() > left);
                }
                readiness.leave(i % 2 == 0);
              }
            });
    caller.start();
    return caller;
  }
}
