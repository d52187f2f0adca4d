package io.httptrace.client.netty;

import io.httptrace.client.races.Interleavings;
import io.httptrace.client.races.Wait;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** However threads take turns: what the peer says is heard, and nobody waits who has news. */
class ReadinessRaceTest {

  @Test
  void newsAtAnyMomentEndTheWait() {
    Interleavings.of(News.class);
  }

  public static class News extends RacingConnection {
    @Operation
    public void caller() {
      call(true);
      ended(2);
    }

    @Operation
    public void other() {
      tell();
      ended(2);
    }
  }

  @Test
  void whatIsSaidWhileACallerComesIsHeardByItOrByThePoller() {
    Interleavings.of(Said.class);
  }

  public static class Said extends RacingConnection {
    @Operation
    public void caller() {
      call(true);
      ended(2);
    }

    @Operation
    public void other() {
      socket.say();
      awaitHeard(1);
      tell();
      ended(2);
    }
  }

  @Test
  void whatIsSaidWhileACallerLeavesInTheMiddleIsHeard() {
    Interleavings.of(LeftInTheMiddle.class);
  }

  public static class LeftInTheMiddle extends RacingConnection {
    @Operation
    public void caller() {
      tell();
      readiness.attach();
      readiness.drive(() -> true);
      readiness.leave(false);
      ended(2);
    }

    @Operation
    public void other() {
      socket.say();
      awaitHeard(1);
      ended(2);
    }
  }

  @Test
  void whatIsSaidOnANewConnectionIsHeardByTheCallerWhoIsExpected() {
    Interleavings.of(Expected.class);
  }

  public static class Expected extends RacingConnection {
    @Override
    void begin() {
      readiness.expectCaller();
    }

    @Operation
    public void caller() {
      call(true);
      ended(2);
    }

    @Operation
    public void other() {
      socket.say();
      awaitHeard(1);
      tell();
      ended(2);
    }
  }

  @Test
  void whatIsSaidOnANewConnectionIsHeardWhenTheCallerWhoIsExpectedLeaves() {
    Interleavings.of(ExpectedInVain.class);
  }

  public static class ExpectedInVain extends Expected {
    @Override
    @Operation
    public void caller() {
      readiness.attach();
      readiness.leave(false);
      ended(2);
    }

    @Override
    @Operation
    public void other() {
      socket.say();
      awaitHeard(1);
      ended(2);
    }
  }

  @Test
  void theNextCallerTakesOver() {
    Interleavings.of(TwoCallers.class);
  }

  /** The first one waits still, for want of somebody who tells it, when the second one comes. */
  public static class TwoCallers extends RacingConnection {
    private volatile boolean over;
    private Thread first;

    @Operation
    public void caller() {
      synchronized (this) {
        first = Thread.currentThread();
        readiness.attach();
        notifyAll();
      }
      while (!over) {
        if (!readiness.drive(() -> over)) {
          LockSupport.park(this);
        }
      }
      readiness.leave(true);
      ended(3);
    }

    @Operation
    public void next() {
      Wait.on(this, () -> first != null);
      call(false);
      ended(3);
    }

    @Operation
    public void peer() {
      socket.say();
      awaitHeard(1);
      tell();
      over = true;
      LockSupport.unpark(first);
      readiness.wake(first);
      ended(3);
    }
  }

  @Test
  void ofTwoExchangesAtATimeNeitherIsForgotten() {
    Interleavings.of(TwoExchanges.class);
  }

  /**
   * Each is answered at once, and whoever reads its answer tells it. The first one has counted
   * itself alone just before the second one came, which so found that the poller listens.
   */
  public static class TwoExchanges extends RacingConnection {
    private final AtomicInteger exchanges = new AtomicInteger(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReferenceArray<Thread> callers = new AtomicReferenceArray<>(3);
    private final SharedConnectionDriver driver;
    private volatile int answered;

    public TwoExchanges() {
      driver = new SharedConnectionDriver(readiness, readiness::isUnpolled, exchanges::get);
      exchanges.incrementAndGet();
      driver.attach();
    }

    @Operation
    public void first() {
      readiness.attach();
      exchange();
    }

    @Operation
    public void second() {
      exchange();
    }

    private void exchange() {
      int number = requests.incrementAndGet();
      callers.set(number, Thread.currentThread());
      socket.say();
      while (answered < number) {
        if (!driver.drive(() -> answered >= number)) {
          LockSupport.park(this);
        }
      }
      exchanges.decrementAndGet();
      driver.leave(true);
      ended(2);
    }

    @Override
    void heard(int messages) {
      answered = messages;
      for (int number = 1; number <= messages; number++) {
        Thread caller = callers.get(number);
        LockSupport.unpark(caller);
        driver.wake(caller);
      }
    }
  }

  @Test
  void thePollerTakesOverFromACallerWhoWaits() {
    Interleavings.of(Shared.class);
  }

  public static class Shared extends RacingConnection {
    @Operation
    public void caller() {
      call(true);
      ended(2);
    }

    @Operation
    public void other() {
      socket.say();
      awaitHeard(1);
      readiness.share();
      socket.say();
      awaitHeard(2);
      tell();
      ended(2);
    }
  }

  @Test
  void whatIsWantedFromNowOnIsHeardWhoeverListens() {
    Interleavings.of(WantedLater.class);
  }

  public static class WantedLater extends RacingConnection {
    public WantedLater() {
      wants(0);
      socket.say();
    }

    @Operation
    public void caller() {
      call(true);
      ended(2);
    }

    @Operation
    public void other() {
      wants(SelectionKey.OP_READ);
      awaitHeard(1);
      tell();
      ended(2);
    }
  }

  @Test
  void whatIsHeardWhileAnotherRunsTasksIsDealtWithOnce() {
    Interleavings.of(HeardWhileBusy.class);
  }

  public static class HeardWhileBusy extends RacingConnection {
    @Operation
    public void other() {
      tasks.execute(() -> {});
      ended(2);
    }

    @Operation
    public void peer() {
      socket.say();
      awaitHeard(1);
      socket.say();
      awaitHeard(2);
      ended(2);
    }
  }

  @Test
  void theEndOfTheChannelClosesTheSelectorOfWhoWaits() {
    Interleavings.of(Closed.class);
  }

  public static class Closed extends RacingConnection {
    @Operation
    public void caller() {
      call(true);
      ended(2);
    }

    @Operation
    public void other() {
      close();
      Wait.on(network, () -> network.openSelectors() == 1);
      tell();
      ended(2);
    }
  }

  /** The poller's part once a tick, by a thread of its own: time is not what it waits for here. */
  @Test
  void aTickAtAnyMomentLosesNothing() {
    Interleavings.of(Ticks.class);
  }

  public static class Ticks extends RacingConnection {
    @Operation
    public void caller() {
      call(true);
      ended(3);
    }

    @Operation
    public void other() {
      socket.say();
      awaitHeard(1);
      tell();
      ended(3);
    }

    @Operation
    public void ticks() {
      for (int i = 0; i < 6; i++) {
        readiness.tick();
      }
      ended(3);
    }
  }

  /** An idle connection is given back to the poller as the next caller comes, or one looks. */
  @Test
  void anIdleConnectionIsGivenBackOrTaken() {
    Interleavings.of(Idle.class);
  }

  public static class Idle extends RacingConnection {
    public Idle() {
      readiness.attach();
      readiness.drive(() -> true);
      readiness.leave(true);
      for (int i = 0; i < 19; i++) {
        readiness.tick();
      }
      socket.say();
    }

    @Operation
    public void caller() {
      readiness.pollNow();
      call(true);
      ended(3);
    }

    @Operation
    public void other() {
      awaitHeard(1);
      tell();
      ended(3);
    }

    @Operation
    public void ticks() {
      readiness.tick();
      readiness.tick();
      ended(3);
    }
  }
}
