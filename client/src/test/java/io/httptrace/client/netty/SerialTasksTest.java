package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.concurrent.StateLock;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.time.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** One owner at a time, no task lost, in order. */
class SerialTasksTest {
  private final SerialTasks tasks = new SerialTasks();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdown();
    assertThat(threads.awaitTermination(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsAskedForAtTheEndOfATurnRunsInThatTurn() {
    List<String> ran = new ArrayList<>();
    tasks.execute(
        () ->
            tasks.atEnd(
                () -> {
                  ran.add("end");
                  tasks.atEnd(() -> ran.add("end of the end"));
                }));

    assertThat(ran).containsExactly("end", "end of the end");
  }

  @Test
  void atTheEndOfATurnItIsKnownWhetherTasksHaveRunThatOthersMayHaveBrought() throws Exception {
    List<Boolean> mixed = new ArrayList<>();
    tasks.execute(
        () -> {
          tasks.atEnd(() -> mixed.add(tasks.isMixed()));
          Thread other =
              new Thread(() -> tasks.execute(() -> tasks.atEnd(() -> mixed.add(tasks.isMixed()))));
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    tasks.execute(() -> tasks.atEnd(() -> mixed.add(tasks.isMixed())));

    assertThat(mixed).containsExactly(false, true, false);
  }

  @Test
  void aTaskRunsAtOnceOnTheThreadThatBringsIt() {
    tasks.execute(
        () -> log.add(Thread.currentThread().getName() + tasks.isOwner(Thread.currentThread())));

    assertThat(log).containsExactly(Thread.currentThread().getName() + "true");
    assertThat(tasks.isOwner(Thread.currentThread())).isFalse();
  }

  @Test
  void tasksOfATaskRunAfterItInOrder() {
    tasks.execute(
        () -> {
          tasks.execute(() -> log.add("second"));
          tasks.execute(() -> log.add("third"));
          assertThat(tasks.tryRun(() -> log.add("never"))).isFalse();
          log.add("first");
        });

    assertThat(log).containsExactly("first", "second", "third");
  }

  @Test
  void whatOthersBringMeanwhileRunsOnTheThreadThatRunsTasks() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch brought = new CountDownLatch(1);
    Future<String> owner =
        threads.submit(
            () -> {
              tasks.execute(
                  () -> {
                    running.countDown();
                    await(brought);
                  });
              return Thread.currentThread().getName();
            });
    await(running);
    tasks.execute(() -> log.add(Thread.currentThread().getName()));
    assertThat(log).isEmpty();
    brought.countDown();

    String name = owner.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(log).containsExactly(name);
  }

  @Test
  void theTaskForTheEndRunsOnceAfterThoseThatWereThere() {
    Runnable end = () -> log.add("end");
    tasks.execute(
        () -> {
          tasks.atEnd(end);
          tasks.atEnd(end);
          log.add("first");
        });
    tasks.execute(() -> log.add("second"));

    assertThat(log).containsExactly("first", "end", "second");
  }

  @Test
  void aTaskThatThrowsIsLoggedAndTheNextOneRuns() {
    try (CapturedLog logged = CapturedLog.of(SerialTasks.class)) {
      tasks.execute(
          () -> {
            tasks.execute(() -> log.add("next"));
            throw new IllegalStateException("on purpose");
          });

      assertThat(logged.lines())
          .containsExactly("SEVERE task failed: java.lang.IllegalStateException: on purpose");
    }
    assertThat(log).containsExactly("next");
  }

  @Test
  void aLogThatThrowsDoesNotKeepTheNextTaskFromRunning() {
    try (CapturedLog logged = CapturedLog.throwing(SerialTasks.class)) {
      tasks.execute(
          () -> {
            tasks.execute(() -> log.add("next"));
            throw new LinkageError("on purpose");
          });

      assertThat(logged.lines())
          .containsExactly("SEVERE task failed: java.lang.LinkageError: on purpose");
    }
    assertThat(tasks.isOwner(Thread.currentThread())).isFalse();
    tasks.execute(() -> log.add("later"));

    assertThat(log).containsExactly("next", "later");
  }

  @Test
  void whoHoldsALockOfTheClientMustNotBringATask() {
    StateLock lock = new StateLock();
    lock.lock();
    try {
      assertThatThrownBy(() -> tasks.execute(() -> {})).isInstanceOf(AssertionError.class);
    } finally {
      lock.unlock();
    }
    tasks.execute(() -> log.add("without it"));

    assertThat(log).containsExactly("without it");
  }

  /** Counts without a lock: what one owner writes the next one sees, and two never run at once. */
  @RepeatedTest(20)
  void manyThreadsLoseNoTaskAndNeverRunTwoAtATime() throws Exception {
    int each = 5_000;
    long[] count = new long[1];
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int j = 0; j < each; j++) {
                  tasks.execute(() -> count[0]++);
                }
              }));
    }
    for (Future<?> one : all) {
      one.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    long[] seen = new long[1];
    tasks.execute(() -> seen[0] = count[0]);
    assertThat(seen[0]).isEqualTo(4L * each);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
