package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** In which order hooks and listeners are called, and on which thread. */
final class JettyHookQueueTest {
  private final List<Runnable> executed = new ArrayList<>();
  private final List<String> called = new ArrayList<>();

  private void runExecuted() {
    List<Runnable> all = List.copyOf(executed);
    executed.clear();
    all.forEach(Runnable::run);
  }

  @Test
  void hooksThatDoNotBlockRunWhereTheNewsIs() {
    JettyHookQueue queue = new JettyHookQueue(executed::add, false);
    queue.add(() -> called.add("hook"));
    queue.addOfApplication(() -> called.add("listener"));
    queue.run();

    assertThat(called).containsExactly("hook", "listener");
    assertThat(executed).isEmpty();
  }

  @Test
  void hooksThatMayBlockRunOnTheExecutorOneAfterTheOther() {
    JettyHookQueue queue = new JettyHookQueue(executed::add, true);
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
    JettyHookQueue queue = new JettyHookQueue(executed::add, false);
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
    JettyHookQueue queue = new JettyHookQueue(executed::add, false);
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
        new JettyHookQueue(
            task -> {
              throw new RejectedExecutionException();
            },
            true);
    queue.add(() -> called.add("hook"));
    queue.run();

    assertThat(called).containsExactly("hook");
  }

  @Test
  void anErrorEndsOnlyWhatHasThrownIt() {
    JettyHookQueue queue = new JettyHookQueue(executed::add, false);
    queue.add(
        () -> {
          throw new IllegalStateException("no");
        });
    try {
      queue.run();
    } catch (IllegalStateException thrown) {
      called.add(thrown.getMessage());
    }
    queue.add(() -> called.add("hook"));
    queue.run();

    assertThat(called).containsExactly("no", "hook");
  }
}
