package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.log.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** In which order hooks and listeners are called, and on which thread. */
final class JettyHookQueueTest {
  private final List<Runnable> executed = new ArrayList<>();
  private final List<String> called = new ArrayList<>();

  private static JettyHookQueue queue(Executor executor, boolean mayBlock) {
    JettyHookQueue queue = new JettyHookQueue(executor);
    queue.open(mayBlock);
    return queue;
  }

  private void runExecuted() {
    List<Runnable> all = List.copyOf(executed);
    executed.clear();
    all.forEach(Runnable::run);
  }

  @Test
  void hooksThatDoNotBlockRunWhereTheNewsIs() {
    JettyHookQueue queue = queue(executed::add, false);
    queue.add(() -> called.add("hook"));
    queue.addOfApplication(() -> called.add("listener"));
    queue.run();

    assertThat(called).containsExactly("hook", "listener");
    assertThat(executed).isEmpty();
  }

  @Test
  void hooksThatMayBlockRunOnTheExecutorOneAfterTheOther() {
    JettyHookQueue queue = queue(executed::add, true);
    queue.add(() -> called.add("first"));
    queue.run();
    queue.add(() -> called.add("second"));
    queue.run();

    assertThat(called).isEmpty();
    assertThat(executed).hasSize(1);
    runExecuted();
    assertThat(called).containsExactly("first", "second");
  }

  @Test
  void whatAHookAddsComesAfterIt() {
    JettyHookQueue queue = queue(executed::add, false);
    queue.add(
        () -> {
          queue.add(() -> called.add("inner"));
          queue.run();
          called.add("outer");
        });
    queue.run();

    assertThat(called).containsExactly("outer", "inner");
  }

  @Test
  void aListenerIsNotCalledOnTheThreadOfAnother() throws InterruptedException {
    JettyHookQueue queue = queue(executed::add, false);
    Thread other =
        new Thread(
            () -> {
              queue.addOfApplication(() -> called.add("listener"));
              queue.add(() -> called.add("later"));
            });
    queue.add(() -> called.add("hook"));
    other.start();
    other.join();
    queue.run();

    assertThat(called).containsExactly("hook");
    runExecuted();
    assertThat(called).containsExactly("hook", "listener", "later");
  }

  @Test
  void anExecutorThatHasStoppedIsNotNeeded() {
    JettyHookQueue queue =
        queue(
            task -> {
              throw new RejectedExecutionException();
            },
            true);
    queue.add(() -> called.add("hook"));
    queue.run();

    assertThat(called).containsExactly("hook");
  }

  @Test
  void anErrorIsLoggedAndWhatFollowsIsCalled() {
    JettyHookQueue queue = queue(executed::add, false);
    queue.add(
        () -> {
          throw new IllegalStateException("no");
        });
    queue.add(() -> called.add("hook"));
    try (CapturedLog log = CapturedLog.of(JettyTracing.class)) {
      queue.run();
      assertThat(log.messages()).hasSize(1);
    }

    assertThat(called).containsExactly("hook");
  }

  @Test
  void allIsKeptUntilItIsKnownWhoListens() {
    JettyHookQueue queue = new JettyHookQueue(executed::add);
    queue.add(() -> called.add("hook"));
    queue.run();
    assertThat(called).isEmpty();

    queue.open(false);
    queue.run();
    assertThat(called).containsExactly("hook");
  }

  @Test
  void nothingIsKeptIfNobodyListens() {
    JettyHookQueue queue = new JettyHookQueue(executed::add);
    queue.add(() -> called.add("before"));
    queue.drop();
    queue.add(() -> called.add("after"));
    queue.open(false);
    queue.run();

    assertThat(called).isEmpty();
  }
}
