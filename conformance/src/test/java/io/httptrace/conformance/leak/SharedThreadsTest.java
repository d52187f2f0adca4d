package io.httptrace.conformance.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.time.Gate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads that a client names are no leak; all others are. */
final class SharedThreadsTest {
  private static final SharedThread SHARED =
      SharedThread.named("shared by all", "the library keeps one for the process");

  private final LeakGuard guard = new LeakGuard(Duration.ofMillis(300)).sharing(List.of(SHARED));
  private final Gate end = new Gate();

  private void start(String name, boolean daemon) {
    Thread thread =
        new Thread(
            () -> {
              try {
                end.await(Duration.ofMinutes(5));
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(daemon);
    thread.start();
  }

  private List<String> leaks(String name, boolean daemon) throws InterruptedException {
    guard.begin();
    start(name, daemon);
    List<String> leaks = guard.end();
    end.open();
    return leaks.stream().filter(leak -> leak.startsWith("thread " + name)).toList();
  }

  @Test
  void namedThreadIsNoLeak() throws Exception {
    assertThat(leaks("shared by all 1", true)).isEmpty();
  }

  @Test
  void anotherThreadIsALeak() throws Exception {
    assertThat(leaks("worker of one client", true)).hasSize(1);
  }

  @Test
  void threadThatKeepsTheProcessAliveIsALeakWhateverItsName() throws Exception {
    assertThat(leaks("shared by all 2", false)).hasSize(1);
  }

  @Test
  void reasonIsNeeded() {
    assertThatThrownBy(() -> SharedThread.named("some", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no reason for shared threads");
    assertThatThrownBy(() -> SharedThread.named("", "all"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the prefix is empty");
  }
}
