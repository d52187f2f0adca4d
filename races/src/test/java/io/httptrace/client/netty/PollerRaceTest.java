package io.httptrace.client.netty;

import io.httptrace.client.races.Check;
import io.httptrace.client.races.Interleavings;
import java.nio.channels.SelectionKey;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** However threads take turns: the poller's thread sees what it has to do before it waits. */
class PollerRaceTest {

  @Test
  void itEndsWheneverItIsTold() {
    Interleavings.of(Stopped.class);
  }

  public static class Stopped extends RacingConnection {
    @Operation
    public void other() {
      ended(1);
    }
  }

  @Test
  void whoIsWatchedIsLookedAfterFromThenOn() {
    Interleavings.of(Watched.class);
  }

  public static class Watched extends RacingConnection {
    @Operation
    public void other() {
      poller.watch(readiness);
      shared.awaitLimitedWait();
      poller.unwatch(readiness);
      ended(1);
    }
  }

  @Test
  void whatIsWantedIsHeardThoughItWaitsAlready() {
    Interleavings.of(WantedLater.class);
  }

  public static class WantedLater extends RacingConnection {
    public WantedLater() {
      wants(0);
    }

    @Operation
    public void other() {
      socket.say();
      wants(SelectionKey.OP_READ);
      awaitHeard(1);
      ended(1);
    }
  }

  @Test
  void whatIsNotWantedIsNotHeard() {
    Interleavings.of(NotWanted.class);
  }

  public static class NotWanted extends RacingConnection {
    private volatile boolean unwanted;

    @Override
    void heard() {
      Check.that("it is wanted", !unwanted);
    }

    @Operation
    public void other() {
      wants(0);
      unwanted = true;
      socket.say();
      ended(1);
    }
  }
}
