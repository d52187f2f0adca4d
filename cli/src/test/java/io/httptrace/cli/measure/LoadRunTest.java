package io.httptrace.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.options.LoadPlan;
import io.httptrace.cli.options.LoadPlan.Connections;
import io.httptrace.conformance.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** By a clock that stands still until it is advanced: each time is exact. */
final class LoadRunTest {
  private final ManualClock clock = new ManualClock();
  private final MeasureTimer timer =
      new MeasureTimer() {
        @Override
        public long nanoTime() {
          return clock.getAsLong();
        }

        @Override
        public void at(long nanoTime, Runnable action) {
          clock.schedule(Duration.ofNanos(nanoTime - clock.getAsLong()), action);
        }
      };

  /** When each request was due and begun, in milliseconds. */
  private final List<String> begun = new ArrayList<>();

  private final List<CompletableFuture<Void>> open = new ArrayList<>();

  private static LoadPlan plan(long requests, int concurrency, double rate) {
    return new LoadPlan(requests, null, concurrency, rate, Connections.BOTH);
  }

  private static LoadPlan within(int millis, int concurrency, double rate) {
    return new LoadPlan(
        LoadPlan.UNLIMITED, Duration.ofMillis(millis), concurrency, rate, Connections.BOTH);
  }

  private void note(long number, Long due) {
    begun.add(
        number
            + (due == null ? "" : " due " + due / 1_000_000)
            + " at "
            + clock.getAsLong() / 1_000_000);
  }

  /** Requests that are over when the test says so. */
  private LoadRun held(LoadPlan plan) {
    return new LoadRun(
        plan,
        timer,
        (number, due) -> {
          note(number, due);
          CompletableFuture<Void> request = new CompletableFuture<>();
          open.add(request);
          return request;
        });
  }

  /** Requests that take some time. */
  private LoadRun taking(int millis, LoadPlan plan) {
    return new LoadRun(
        plan,
        timer,
        (number, due) -> {
          note(number, due);
          CompletableFuture<Void> request = new CompletableFuture<>();
          clock.schedule(Duration.ofMillis(millis), () -> request.complete(null));
          return request;
        });
  }

  private void advance(int millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  @Test
  void withoutARateTheNextRequestBeginsWhenOneIsOver() {
    LoadRun run = held(plan(5, 2, 0));
    CompletableFuture<Void> done = run.start();
    assertThat(begun).containsExactly("0 at 0", "1 at 0");

    advance(10);
    open.get(1).complete(null);
    advance(5);
    open.get(0).complete(null);
    open.get(2).complete(null);
    assertThat(begun).containsExactly("0 at 0", "1 at 0", "2 at 10", "3 at 15", "4 at 15");

    open.get(3).complete(null);
    assertThat(done).isNotDone();
    advance(5);
    open.get(4).complete(null);
    assertThat(done).isCompleted();
    assertThat(run.elapsedNanos()).isEqualTo(20_000_000);
    assertThat(run.overdue()).isZero();
  }

  @Test
  void fewerRequestsThanMayBeAtATimeAreNoTrouble() {
    CompletableFuture<Void> done = held(plan(2, 16, 0)).start();
    open.forEach(request -> request.complete(null));

    assertThat(begun).containsExactly("0 at 0", "1 at 0");
    assertThat(done).isCompleted();
  }

  @Test
  void withARateEachRequestIsBegunWhenItIsDue() {
    LoadRun run = taking(1, plan(4, 10, 100));
    CompletableFuture<Void> done = run.start();
    advance(1000);

    assertThat(begun)
        .containsExactly("0 due 0 at 0", "1 due 10 at 10", "2 due 20 at 20", "3 due 30 at 30");
    assertThat(done).isCompleted();
    assertThat(run.elapsedNanos()).isEqualTo(31_000_000);
  }

  @Test
  void aRequestThatTakesLongDoesNotDelayTheOthers() {
    CompletableFuture<Void> done = taking(25, plan(4, 10, 100)).start();
    advance(1000);

    assertThat(begun)
        .containsExactly("0 due 0 at 0", "1 due 10 at 10", "2 due 20 at 20", "3 due 30 at 30");
    assertThat(done).isCompleted();
  }

  @Test
  void withoutRoomARequestBeginsLateButKeepsItsTime() {
    CompletableFuture<Void> done = taking(25, plan(4, 1, 100)).start();
    advance(1000);

    assertThat(begun)
        .containsExactly("0 due 0 at 0", "1 due 10 at 25", "2 due 20 at 50", "3 due 30 at 75");
    assertThat(done).isCompleted();
  }

  @Test
  void afterAPauseOfTheServerWhatIsDueBeginsAtOnce() {
    LoadRun run = held(plan(6, 2, 100));
    CompletableFuture<Void> done = run.start();
    advance(45);
    assertThat(run.overdue()).isEqualTo(3);
    open.get(0).complete(null);
    open.get(1).complete(null);
    open.get(2).complete(null);

    assertThat(begun)
        .containsExactly(
            "0 due 0 at 0", "1 due 10 at 10", "2 due 20 at 45", "3 due 30 at 45", "4 due 40 at 45");
    open.get(3).complete(null);
    advance(5);
    assertThat(begun).hasSize(6).endsWith("5 due 50 at 50");
    open.get(4).complete(null);
    open.get(5).complete(null);
    assertThat(done).isCompleted();
  }

  @Test
  void afterTheDurationNoRequestIsBegun() {
    LoadRun run = taking(30, within(100, 1, 0));
    CompletableFuture<Void> done = run.start();
    advance(1000);

    assertThat(begun).containsExactly("0 at 0", "1 at 30", "2 at 60", "3 at 90");
    assertThat(done).isCompleted();
    assertThat(run.elapsedNanos()).isEqualTo(120_000_000);
  }

  @Test
  void aRateAndADurationTogetherSayHowManyRequests() {
    LoadRun run = taking(1, within(100, 10, 30));
    CompletableFuture<Void> done = run.start();
    advance(1000);

    assertThat(begun).containsExactly("0 due 0 at 0", "1 due 33 at 33", "2 due 66 at 66");
    assertThat(done).isCompleted();
    assertThat(run.elapsedNanos()).isLessThan(100_000_000);
    assertThat(run.overdue()).isZero();
  }

  @Test
  void whatWasDueAndNotBegunIsCounted() {
    LoadRun run = taking(30, within(100, 1, 100));
    CompletableFuture<Void> done = run.start();
    advance(1000);

    assertThat(begun).hasSize(4);
    assertThat(done).isCompleted();
    assertThat(run.overdue()).isEqualTo(6);
  }

  @Test
  void stoppedItBeginsNothingAndWaitsForNothing() {
    LoadRun run = held(plan(1000, 2, 100));
    CompletableFuture<Void> done = run.start();
    advance(15);
    run.stop();

    assertThat(done).isCompleted();
    open.forEach(request -> request.complete(null));
    advance(1000);
    assertThat(begun).containsExactly("0 due 0 at 0", "1 due 10 at 10");
    assertThat(run.elapsedNanos()).isEqualTo(15_000_000);
  }

  @Test
  void requestsThatAreOverAtOnceDoNotPileUp() {
    long[] count = new long[1];
    LoadRun run =
        new LoadRun(
            plan(1_000_000, 3, 0),
            timer,
            (number, due) -> {
              count[0]++;
              return CompletableFuture.completedFuture(null);
            });

    assertThat(run.start()).isCompleted();
    assertThat(count[0]).isEqualTo(1_000_000);
  }
}
