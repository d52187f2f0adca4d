package io.httptrace.client.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.netty.SerialTasks;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.time.Waiting;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a thread does when it lets go of connections, and what it does not keep. */
class TurnTest {
  private static final FastThreadLocal<String> NETTYS = new FastThreadLocal<>();

  private final List<String> log = new ArrayList<>();

  @Test
  void outsideOfAConnectionATaskRunsAtOnce() {
    Turn.LATER.execute(() -> log.add("first"));
    log.add("second");

    assertThat(log).containsExactly("first", "second");
  }

  @Test
  void insideOfConnectionsATaskWaitsUntilAllAreLetGo() {
    SerialTasks outer = new SerialTasks();
    SerialTasks inner = new SerialTasks();
    outer.execute(
        () -> {
          inner.execute(
              () -> {
                Turn.LATER.execute(() -> log.add("later"));
                log.add("inner");
              });
          log.add("outer");
        });

    assertThat(log).containsExactly("inner", "outer", "later");
  }

  @Test
  void aLogThatThrowsDoesNotKeepTheNextTaskFromRunning() {
    try (CapturedLog logged = CapturedLog.throwing(Turn.class)) {
      new SerialTasks()
          .execute(
              () -> {
                Turn.LATER.execute(
                    () -> {
                      throw new LinkageError("on purpose");
                    });
                Turn.LATER.execute(() -> log.add("next"));
              });
      Turn.LATER.execute(() -> log.add("later"));

      assertThat(logged.lines())
          .containsExactly("SEVERE task failed: java.lang.LinkageError: on purpose");
    }
    assertThat(log).containsExactly("next", "later");
  }

  @Test
  void tasksThatLeadToEachOtherNeedNoDeepStack() {
    AtomicInteger left = new AtomicInteger(100_000);
    again(left);

    assertThat(left).hasValue(0);
  }

  private static void again(AtomicInteger left) {
    if (left.decrementAndGet() > 0) {
      Turn.LATER.execute(() -> new SerialTasks().execute(() -> again(left)));
    }
  }

  @Test
  void nothingOfNettysIsLeftOnAThreadOfTheCallers() throws InterruptedException {
    Thread caller =
        new Thread(
            () -> {
              Turn turn = Turn.begin();
              new SerialTasks().execute(() -> NETTYS.set("left"));
              log.add("within a turn: " + NETTYS.isSet());
              turn.end();
              log.add("after it: " + NETTYS.isSet());
            });
    caller.start();
    caller.join(Waiting.LIMIT.toMillis());

    assertThat(log).containsExactly("within a turn: true", "after it: false");
  }

  @Test
  void whatAThreadOfTheCallersHasOfNettysIsLeftAlone() {
    NETTYS.set("the caller's");
    try {
      new SerialTasks().execute(() -> log.add("task"));

      assertThat(NETTYS.get()).isEqualTo("the caller's");
    } finally {
      NETTYS.remove();
    }
  }

  @Test
  void aThreadOfNettysIsLeftAlone() throws InterruptedException {
    Thread thread =
        new FastThreadLocalThread(
            () -> {
              new SerialTasks().execute(() -> NETTYS.set("Netty's"));
              log.add(String.valueOf(NETTYS.getIfExists()));
            });
    thread.start();
    thread.join(Waiting.LIMIT.toMillis());

    assertThat(log).containsExactly("Netty's");
  }
}
