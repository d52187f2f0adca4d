package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever hooks come, in whatever order and from whatever threads: the timeline is sound.
 *
 * <p>It is checked again and again while the hooks come, but not after each of them: what has come
 * so far is a random sequence as well, only a shorter one. With one check for {@value #CHECKED}
 * hooks, drawn by lot, each length is still checked for a dozen of the hundred sequences. {@code
 * -Dhttptrace.rounds=10000} runs more sequences.
 */
class RecorderPropertyTest {
  private static final int THREADS = 4;
  private static final int CHECKED = 8;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("httptrace.rounds", 100));
  }

  private static TraceRecorder recorder() {
    return recorder(0);
  }

  private static TraceRecorder recorder(long now) {
    return TraceRecorder.builder().nanoTime(() -> now).wallClock(() -> Script.START).build();
  }

  private static void play(FiredHook call, TraceRecorder recorder) throws IOException {
    call.stamp().run(() -> call.hook().callHookOf(recorder));
  }

  private static void check(List<FiredHook> calls, Random lot, TraceRecorder recorder)
      throws IOException {
    for (FiredHook call : calls) {
      play(call, recorder);
      if (lot.nextInt(CHECKED) == 0) {
        Invariants.check(recorder.timeline());
      }
    }
    Invariants.check(recorder.timeline());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyHooksInAnyOrder(long seed) throws IOException {
    TraceRecorder recorder = recorder();
    check(new RandomHooks(seed).noise(60), new Random(seed), recorder);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void requestsWithHooksMissingRepeatedLateAndSwapped(long seed) throws IOException {
    TraceRecorder recorder = recorder();
    check(new RandomHooks(seed).damaged(), new Random(seed), recorder);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void manyThreadsAtOnce(long seed) throws Exception {
    TraceRecorder recorder = recorder();
    List<FiredHook> calls = new RandomHooks(seed).noise(200);
    CountDownLatch ready = new CountDownLatch(THREADS);
    List<Future<?>> ends = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      Callable<Void> part =
          () -> {
            ready.countDown();
            ready.await();
            for (int i = first; i < calls.size(); i += THREADS) {
              play(calls.get(i), recorder);
            }
            Invariants.check(recorder.timeline());
            return null;
          };
      ends.add(threads.submit(part));
    }
    await(ends);

    Timeline timeline = recorder.timeline();
    assertThat(timeline.events()).hasSize(calls.size());
    Invariants.check(timeline);
  }

  private static void await(List<Future<?>> ends) throws ExecutionException, InterruptedException {
    for (Future<?> end : ends) {
      end.get();
    }
  }

  @Test
  void theOrderOfTheCallsDoesNotMatterWhereTheirTimesDiffer() throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    Set<Duration> offsets = new HashSet<>();
    for (TraceEvent event : SuccessTest.cold().timeline().events()) {
      if (offsets.add(event.offset())) {
        events.add(event);
      }
    }
    TraceRecorder forwards = recorder(Script.BASE);
    for (TraceEvent event : events) {
      event.replay(forwards);
    }
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(events, new Random(seed));
      TraceRecorder shuffled = recorder(Script.BASE);
      for (TraceEvent event : events) {
        event.replay(shuffled);
      }
      assertThat(shuffled.timeline()).hasToString(forwards.timeline().toString());
      assertThat(shuffled.timeline().events()).hasToString(forwards.timeline().events().toString());
    }
  }
}
