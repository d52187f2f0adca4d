package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** In which order the events of a call are told. */
final class AhcEventsTest {
  private final AhcEvents events = new AhcEvents();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void anEventInsideAnotherOneComesAfterIt() {
    events.tell(
        () -> {
          events.tell(() -> told.add("inner"));
          told.add("outer");
        });

    assertThat(told).containsExactly("outer", "inner");
  }

  @Test
  void anEventOfAnotherThreadIsLeftToTheOneThatTells() {
    Thread other = new Thread(() -> events.tell(() -> told.add(Thread.currentThread().getName())));
    events.tell(
        () -> {
          other.start();
          join(other);
          told.add("first");
        });

    assertThat(told).containsExactly("first", Thread.currentThread().getName());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void anEventThatThrowsKeepsNoOtherBack() {
    assertThatThrownBy(
            () ->
                events.tell(
                    () -> {
                      events.tell(() -> told.add("second"));
                      events.tell(() -> told.add("third"));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    events.tell(() -> told.add("fourth"));

    assertThat(told).containsExactly("second", "third", "fourth");
  }
}
