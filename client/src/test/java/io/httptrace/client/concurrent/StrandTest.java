package io.httptrace.client.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.time.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tasks run in order, one at a time, each once, whoever lends the thread. */
class StrandTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdown();
    assertThat(threads.awaitTermination(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tasksOfATaskRunAfterIt() {
    Strand strand = new Strand(Runnable::run);
    strand.execute(
        () -> {
          strand.execute(() -> log.add("inner"));
          log.add("outer");
        });

    assertThat(log).containsExactly("outer", "inner");
  }

  @Test
  void aDeepChainOfTasksNeedsNoDeepStack() {
    Strand strand = new Strand(Runnable::run);
    AtomicInteger left = new AtomicInteger(100_000);
    strand.execute(() -> again(strand, left));

    assertThat(left).hasValue(0);
  }

  private static void again(Strand strand, AtomicInteger left) {
    if (left.decrementAndGet() > 0) {
      strand.execute(() -> again(strand, left));
    }
  }

  @Test
  void whoWaitsIsToldOfTheFirstTaskThatThrows() {
    Strand strand = new Strand(Runnable::run);
    strand.onFailure(error -> log.add(String.valueOf(error.getMessage())));

    try (CapturedLog captured = CapturedLog.of(Strand.class)) {
      strand.execute(() -> sneak("first"));
      strand.execute(() -> sneak("second"));

      assertThat(captured.lines())
          .containsExactly(
              "SEVERE task failed: java.lang.LinkageError: first",
              "SEVERE task failed: java.lang.LinkageError: second");
    }
    assertThat(log).containsExactly("first");
  }

  @Test
  void whoWaitsIsToldAlsoIfTheLogThrows() {
    Strand strand = new Strand(Runnable::run);
    strand.onFailure(error -> log.add(String.valueOf(error.getMessage())));

    try (CapturedLog captured = CapturedLog.throwing(Strand.class)) {
      strand.execute(() -> sneak("first"));
      strand.execute(() -> log.add("next"));

      assertThat(captured.lines()).hasSize(1);
    }
    assertThat(log).containsExactly("first", "next");
  }

  private static void sneak(String message) {
    throw new LinkageError(message);
  }

  @Test
  void aTaskThatThrowsDoesNotKeepTheNextFromRunning() {
    Strand strand = new Strand(Runnable::run);
    try (CapturedLog captured = CapturedLog.of(Strand.class)) {
      strand.execute(
          () -> {
            strand.execute(() -> log.add("next"));
            throw new AssertionError("on purpose");
          });
      strand.execute(() -> log.add("later"));

      assertThat(captured.lines())
          .containsExactly("SEVERE task failed: java.lang.AssertionError: on purpose");
    }
    assertThat(log).containsExactly("next", "later");
  }

  @Test
  void oneDrainIsAskedForAtATime() {
    Queue<Runnable> asked = new ArrayDeque<>();
    Strand strand = new Strand(asked::add);
    strand.execute(() -> log.add("one"));
    strand.execute(() -> log.add("two"));
    assertThat(asked).hasSize(1);
    asked.remove().run();
    assertThat(log).containsExactly("one", "two");

    strand.execute(() -> log.add("three"));
    assertThat(asked).hasSize(1);
  }

  @RepeatedTest(20)
  void tasksOfManyThreadsRunOneAtATimeAndInTheOrderOfEach() throws Exception {
    Strand strand = new Strand(threads);
    int each = 2_000;
    List<int[]> ran = new ArrayList<>();
    AtomicBoolean busy = new AtomicBoolean();
    AtomicInteger overlaps = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(3 * each);
    List<Thread> givers =
        IntStream.range(0, 3)
            .mapToObj(
                giver ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            int number = i;
                            strand.execute(
                                () -> {
                                  if (!busy.compareAndSet(false, true)) {
                                    overlaps.incrementAndGet();
                                  }
                                  ran.add(new int[] {giver, number});
                                  busy.set(false);
                                  done.countDown();
                                });
                          }
                        }))
            .toList();
    givers.forEach(Thread::start);

    assertThat(done.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(overlaps).hasValue(0);
    for (int giver = 0; giver < 3; giver++) {
      int who = giver;
      assertThat(ran.stream().filter(task -> task[0] == who).map(task -> task[1]))
          .containsExactlyElementsOf(IntStream.range(0, each).boxed().toList());
    }
  }

  private static Strand hosted(Executor executor) {
    Strand strand = Strand.begunHere(executor, true);
    strand.begin(() -> {});
    return strand;
  }

  @Test
  void aHostRunsTheTasksItself() throws Exception {
    Strand strand = hosted(task -> log.add("executor"));
    Thread here = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    strand.execute(() -> log.add("before " + (Thread.currentThread() == here)));
    threads.execute(
        () -> {
          strand.execute(() -> log.add("during " + (Thread.currentThread() == here)));
          strand.execute(() -> done.set(true));
        });
    strand.host(done::get, () -> {});

    assertThat(log).containsExactly("before true", "during true");
  }

  @Test
  void aHostThatIsDoneLeavesTheRestToTheExecutor() throws Exception {
    Queue<Runnable> asked = new ArrayDeque<>();
    Strand strand = hosted(asked::add);
    AtomicBoolean done = new AtomicBoolean();
    strand.execute(() -> done.set(true));
    strand.execute(() -> log.add("rest"));
    strand.host(done::get, () -> {});

    assertThat(log).isEmpty();
    assertThat(asked).hasSize(1);
    asked.remove().run();
    assertThat(log).containsExactly("rest");
    strand.execute(() -> log.add("after"));
    assertThat(asked).hasSize(1);
  }

  @Test
  void aHostLooksAgainWhenItIsWoken() throws Exception {
    Strand strand = hosted(threads);
    AtomicBoolean done = new AtomicBoolean();
    threads.execute(
        () -> {
          done.set(true);
          strand.wake();
        });
    strand.host(done::get, () -> {});

    assertThat(done).isTrue();
  }

  @Test
  void anInterruptedHostLeavesAndItsTasksGoOn() throws Exception {
    Queue<Runnable> asked = new ArrayDeque<>();
    Strand strand = hosted(asked::add);
    strand.execute(() -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> strand.host(() -> false, () -> {}))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    strand.execute(() -> log.add("after"));
    asked.remove().run();
    assertThat(log).containsExactly("after");
  }

  @RepeatedTest(200)
  void noTaskIsLostWhenAHostLeaves() throws Exception {
    Strand strand = hosted(threads);
    int tasks = 50;
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(tasks);
    threads.execute(
        () -> {
          for (int i = 0; i < tasks; i++) {
            strand.execute(
                () -> {
                  ran.incrementAndGet();
                  strand.wake();
                  done.countDown();
                });
          }
        });
    strand.host(() -> ran.get() >= tasks / 2, () -> {});

    assertThat(done.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(ran).hasValue(tasks);
  }
}
