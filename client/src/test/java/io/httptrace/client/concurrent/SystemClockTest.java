package io.httptrace.client.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.time.Waiting;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timers are due when they should be, and wake nobody when they are stopped before. */
class SystemClockTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  /** Its own, as the thread of the test before may not have ended yet. */
  private final String name = "clock-under-test-" + NUMBER.incrementAndGet();

  private final SystemClock clock = new SystemClock(name);

  @AfterEach
  void close() {
    clock.close();
  }

  private Thread thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name + "-"))
        .findAny()
        .orElseThrow();
  }

  /** {@return how often it has waited} The module of the client does not read management. */
  private static long waits(Thread thread) throws ReflectiveOperationException {
    while (thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Object info =
        Class.forName("java.lang.management.ThreadMXBean")
            .getMethod("getThreadInfo", long.class)
            .invoke(threads, thread.getId());
    return (long) info.getClass().getMethod("getWaitedCount").invoke(info);
  }

  @Test
  void aLimitThatIsStoppedWakesNobody() throws Exception {
    clock.schedule(() -> {}, HOUR).stop();
    Thread thread = thread();
    long before = waits(thread);
    for (int i = 0; i < 200; i++) {
      clock.schedule(() -> {}, HOUR - i).stop();
      waits(thread);
    }

    assertThat(waits(thread) - before).as("once a second").isLessThan(100);
  }

  @Test
  void aTimerThatIsDueBeforeTheOthersIsNotHeldUp() throws Exception {
    CountDownLatch due = new CountDownLatch(2);
    clock.schedule(() -> {}, HOUR);
    clock.schedule(due::countDown, 1);
    clock.schedule(due::countDown, TimeUnit.MILLISECONDS.toNanos(1_100));

    assertThat(due.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void thereAreNoTimersOnceItIsClosed() {
    clock.schedule(() -> {}, HOUR);
    clock.close();

    assertThat(clock.schedule(() -> {}, HOUR)).isSameAs(Clock.Timer.NONE);
  }
}
