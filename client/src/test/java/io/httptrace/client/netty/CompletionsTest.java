package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Completions;
import io.httptrace.client.concurrent.DaemonThreads;
import io.httptrace.client.concurrent.SystemClock;
import io.httptrace.client.concurrent.Turn;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Completions run on the poller's thread, and cannot keep it. */
class CompletionsTest {
  private static final String FIRST = "poller-1";
  private static final String SECOND = "poller-2";

  private final SystemClock clock = new SystemClock("timer");
  private final AtomicInteger elsewhere = new AtomicInteger();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private Gate ended = new Gate();
  private Poller poller = poller(clock);

  private Poller poller(Clock watch) {
    return new Poller("poller", watch, this::elsewhere, ended::open);
  }

  private void elsewhere(Runnable task) {
    elsewhere.incrementAndGet();
    task.run();
  }

  @AfterEach
  void end() throws InterruptedException {
    release.countDown();
    poller.stop();
    assertThat(ended.await(Waiting.LIMIT)).isTrue();
    clock.close();
  }

  /** Has the clock stand still: nobody looks whether the poller is held up. */
  private void stopClock() throws InterruptedException {
    poller.stop();
    assertThat(ended.await(Waiting.LIMIT)).isTrue();
    ended = new Gate();
    poller = poller(new TestClock());
  }

  private void complete(Runnable task) {
    poller.completions().execute(task);
  }

  private void note() {
    log.add(Thread.currentThread().getName());
  }

  private String noted() throws InterruptedException {
    return log.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void hold() {
    note();
    await();
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** {@return the thread that polls now} Also if completions go elsewhere. */
  private String pollingThread() throws InterruptedException {
    poller.watch(new Ticking());
    return noted();
  }

  private final class Ticking implements Poller.Source {
    @Override
    public boolean heard(SelectionKey key, LongSupplier now) {
      return false;
    }

    @Override
    public void dealWith() {}

    @Override
    public void tick() {
      poller.unwatch(this);
      note();
    }
  }

  @Test
  void theyRunOnThePollersThread() throws Exception {
    stopClock();
    complete(this::note);
    assertThat(noted()).isEqualTo(FIRST);
    complete(this::note);
    assertThat(noted()).isEqualTo(FIRST);
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void oneThatWaitsLosesThePollerToAnotherThread() throws Exception {
    complete(this::hold);

    assertThat(noted()).isEqualTo(FIRST);
    assertThat(pollingThread()).isEqualTo(SECOND);
  }

  @Test
  void oneThatRunsOnAndOnLosesThePollerToAnotherThread() throws Exception {
    complete(
        () -> {
          note();
          while (release.getCount() != 0) {
            Thread.onSpinWait();
          }
        });

    assertThat(noted()).isEqualTo(FIRST);
    assertThat(pollingThread()).isEqualTo(SECOND);
  }

  @Test
  void oneThatWaitsInTheClientLosesThePollerAtOnce() throws Exception {
    stopClock();
    complete(
        () -> {
          note();
          complete(this::note);
          Turn.beforeWaiting();
          Turn.beforeWaiting();
          await();
        });

    assertThat(noted()).isEqualTo(FIRST);
    assertThat(noted()).isEqualTo(SECOND);
    release.countDown();
    assertThat(pollingThread()).isEqualTo(SECOND);
  }

  @Test
  void whatIsQueuedBehindOneThatWaitsGoesElsewhere() throws Exception {
    stopClock();
    complete(
        () -> {
          complete(() -> log.add("second"));
          complete(() -> log.add("third"));
          Turn.beforeWaiting();
          await();
        });

    assertThat(List.of(noted(), noted())).containsExactly("second", "third");
    assertThat(elsewhere).hasValue(2);
  }

  @Test
  void anInterruptThatOneLeavesBehindIsNotForTheNext() throws Exception {
    stopClock();
    complete(
        () -> {
          complete(() -> log.add("interrupted: " + Thread.currentThread().isInterrupted()));
          Thread.currentThread().interrupt();
        });

    assertThat(noted()).isEqualTo("interrupted: false");
  }

  @Test
  void afterOneHasWaitedOthersGoElsewhereForAWhile() throws Exception {
    stopClock();
    complete(
        () -> {
          Turn.beforeWaiting();
          hold();
        });
    assertThat(noted()).isEqualTo(FIRST);
    assertThat(pollingThread()).isEqualTo(SECOND);
    for (int i = 0; i < 300; i++) {
      complete(this::note);
    }
    String here = Thread.currentThread().getName();
    List<String> threads = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      threads.add(noted());
    }

    assertThat(threads).filteredOn(here::equals).hasSize(256);
    assertThat(threads).filteredOn(SECOND::equals).hasSize(44);
    assertThat(elsewhere).hasValue(256);
  }

  @Test
  void thoseThatTakeLongAgainAndAgainGoElsewhere() {
    stopsToRunHere(TimeUnit.MICROSECONDS.toNanos(201));

    assertThat(elsewhere.get()).isPositive();
  }

  private void stopsToRunHere(long nanos) {
    while (elsewhere.get() == 0) {
      CountDownLatch done = new CountDownLatch(1);
      complete(
          () -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) {
              Thread.onSpinWait();
            }
            done.countDown();
          });
      try {
        done.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void oneThatThrowsIsLoggedAndTheNextOneRuns() throws Exception {
    stopClock();
    try (CapturedLog logged = CapturedLog.of(Completions.class)) {
      complete(
          () -> {
            complete(this::note);
            throw new LinkageError("on purpose");
          });
      assertThat(noted()).isEqualTo(FIRST);

      assertThat(logged.lines())
          .containsExactly("SEVERE completion failed: java.lang.LinkageError: on purpose");
    }
  }

  @Test
  void thePollerEndsAlsoIfOneHoldsItUpAndTheRestGoesElsewhere() throws Exception {
    stopClock();
    complete(this::hold);
    assertThat(noted()).isEqualTo(FIRST);
    complete(() -> log.add("the rest"));
    poller.stop();

    assertThat(ended.await(Waiting.LIMIT)).isTrue();
    assertThat(noted()).isEqualTo("the rest");
    complete(() -> log.add("late"));
    assertThat(noted()).isEqualTo("late");
    assertThat(elsewhere).hasValue(2);
  }

  @Test
  void whatComesAfterwardsComesAfterThoseThereAre() throws Exception {
    stopClock();
    complete(
        () -> {
          complete(() -> log.add("second"));
          assertThat(Turn.afterCompletions(() -> log.add("afterwards"))).isTrue();
          log.add("first");
        });

    assertThat(noted()).isEqualTo("first");
    assertThat(noted() + ", " + noted()).contains("second", "afterwards");
    assertThat(Turn.afterCompletions(() -> log.add("never"))).isFalse();
  }

  @Test
  void whatComesAfterwardsDoesNotWaitForOneThatWaits() throws Exception {
    stopClock();
    complete(
        () -> {
          Turn.afterCompletions(this::note);
          Turn.beforeWaiting();
          hold();
        });

    assertThat(noted() + ", " + noted()).contains(FIRST, SECOND);
  }

  @Test
  void aThreadThatIsOutsideIsNoneOfTheClients() throws Exception {
    stopClock();
    complete(() -> log.add("client's: " + DaemonThreads.runHere("poller")));

    assertThat(noted()).isEqualTo("client's: false");
  }
}
