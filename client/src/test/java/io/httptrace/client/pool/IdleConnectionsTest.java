package io.httptrace.client.pool;

import static io.httptrace.client.pool.PoolFixture.A;
import static io.httptrace.client.pool.PoolFixture.B;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.IdleConnectionException;
import io.httptrace.IdleConnectionException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which connections are kept, for how long, and which one is taken. */
class IdleConnectionsTest extends PoolTest {
  IdleConnectionsTest(Requests requests) {
    super(requests);
  }

  private static void refused(@Nullable IdleConnectionException refusal, Reason reason) {
    assertThat(requireNonNull(refusal).reason()).isEqualTo(reason);
  }

  /** Only a hook is told. */
  private void refusedIfTold(@Nullable IdleConnectionException refusal, Reason reason) {
    if (traced()) {
      refused(refusal, reason);
    }
  }

  @Test
  void theOneThatBecameIdleLastIsTakenFirst() {
    List<FakeConnection> idle = unlimited.idle(A, 3);

    assertThat(unlimited.ask(A).connection()).isSameAs(idle.get(2));
    assertThat(unlimited.ask(A).connection()).isSameAs(idle.get(1));
    assertThat(unlimited.ask(A).connection()).isSameAs(idle.get(0));
    assertThat(unlimited.ask(A).waits()).isTrue();
  }

  @Test
  void grantTellsHowLongItWasIdle() {
    unlimited.idle(A, 1);
    unlimited.clock.advanceMillis(7);
    Ask ask = unlimited.ask(A);

    assertThat(ask.grant().reused()).isTrue();
    assertThat(ask.grant().wasIdle()).isTrue();
    assertThat(ask.grant().idleNanos()).isEqualTo(7_000_000);
  }

  @Test
  void grantOfANewConnectionTellsSo() {
    Ask ask = unlimited.ask(A);
    unlimited.dial(1).connect();

    assertThat(ask.grant().reused()).isFalse();
    assertThat(ask.grant().wasIdle()).isFalse();
    assertThat(ask.grant().idleNanos()).isZero();
  }

  @Test
  void hostsDoNotShare() {
    unlimited.idle(A, 1);

    assertThat(unlimited.ask(B).waits()).isTrue();
    assertThat(unlimited.dials).extracting(dial -> dial.key).containsExactly(A, B);
  }

  @Test
  void schemeAndPortTellHostsApart() {
    unlimited.idle(A, 1);

    assertThat(unlimited.ask(PoolFixture.key("https", "a.test", 80)).waits()).isTrue();
    assertThat(unlimited.ask(PoolFixture.key("http", "a.test", 81)).waits()).isTrue();
    assertThat(unlimited.ask(PoolFixture.key("http", "a.test", 80)).waits()).isFalse();
  }

  @Test
  void oneTooManyForTheHostIsRefused() {
    PoolFixture two = pool(0, 2, 0, 0);
    FakeConnection first = two.connect(A);
    FakeConnection second = two.connect(A);
    FakeConnection third = two.connect(A);
    FakeConnection other = two.connect(B);

    assertThat(two.giveBack(first)).isNull();
    assertThat(two.giveBack(second)).isNull();
    refused(two.reserve(third), Reason.TOO_MANY_IDLE_FOR_HOST);
    assertThat(two.giveBack(other)).isNull();
    assertThat(third.closed).isFalse();

    two.discard(third);
    assertThat(third.closed).isTrue();
    assertThat(two.pool.openCount()).isEqualTo(3);
  }

  @Test
  void aPlaceThatIsReservedIsTaken() {
    PoolFixture single = pool(0, 1, 0, 0);
    FakeConnection first = single.connect(A);
    FakeConnection second = single.connect(A);

    assertThat(single.reserve(first)).isNull();
    refusedIfTold(single.giveBack(second), Reason.TOO_MANY_IDLE_FOR_HOST);
    single.release(first);
    assertThat(second.closed).isTrue();
    assertThat(single.ask(A).connection()).isSameAs(first);
  }

  @Test
  void aReservedPlaceIsFreeAgainWhenTheConnectionIsGone() {
    PoolFixture single = pool(0, 1, 0, 0);
    FakeConnection first = single.connect(A);
    FakeConnection second = single.connect(A);

    assertThat(single.reserve(first)).isNull();
    single.discard(first);
    assertThat(single.giveBack(second)).isNull();
    assertThat(second.closed).isFalse();
  }

  @Test
  void aConnectionThatIsToldOfIsNotYetForOthers() {
    FakeConnection connection = unlimited.connect(A);

    assertThat(unlimited.reserve(connection)).isNull();
    Ask ask = unlimited.ask(A);
    assertThat(ask.waits()).isTrue();
    unlimited.release(connection);
    assertThat(ask.connection()).isSameAs(connection);
  }

  @Test
  void connectionsMeantForRequestsThatGiveUpAreKeptAsFarAsThereIsRoom() {
    PoolFixture single = pool(0, 1, 0, 0);
    FakeConnection first = single.connect(A);
    FakeConnection second = single.connect(A);
    List<Ask> waiting = List.of(single.ask(A), single.ask(A));

    assertThat(single.reserve(first)).isNull();
    assertThat(single.reserve(second)).isNull();
    waiting.forEach(ask -> single.pool.cancel(ask.request, new CancellationException()));
    single.release(first);
    single.release(second);
    assertThat(single.pool.idleCount()).isEqualTo(1);
    assertThat(single.pool.openCount()).isEqualTo(1);
  }

  @Test
  void oneTooManyInAllClosesTheOneIdleLongest() {
    PoolFixture two = pool(2, 0, 0, 0);
    FakeConnection oldest = two.connect(A);
    FakeConnection middle = two.connect(B);
    FakeConnection newest = two.connect(A);
    two.release(oldest);
    two.release(middle);

    assertThat(two.giveBack(newest)).isNull();
    assertThat(oldest.closed).isTrue();
    assertThat(middle.closed).isFalse();
    assertThat(two.pool.idleCount()).isEqualTo(2);
    assertThat(two.pool.openCount()).isEqualTo(2);
  }

  @Test
  void aConnectionThatIsNotTakenAfterAllStaysTheOneIdleLongest() {
    PoolFixture two = pool(2, 0, 0, 0);
    FakeConnection first = two.connect(A);
    FakeConnection second = two.connect(B);
    two.release(first);
    two.release(second);
    Ask cancelled = two.notYetAsked(A);
    two.pool.cancel(cancelled.request, new IOException("not wanted"));
    two.pool.acquire(cancelled.request);
    assertThat(cancelled.waits()).isTrue();
    two.release(two.connect(PoolFixture.key("http", "c.test", 80)));

    assertThat(first.closed).isTrue();
    assertThat(second.closed).isFalse();
  }

  @Test
  void aTakenConnectionIsNotTheOneIdleLongestAnyMore() {
    PoolFixture two = pool(2, 0, 0, 0);
    FakeConnection first = two.connect(A);
    FakeConnection second = two.connect(B);
    two.release(first);
    two.release(second);
    assertThat(two.ask(A).connection()).isSameAs(first);
    two.release(first);
    two.release(two.connect(PoolFixture.key("http", "c.test", 80)));

    assertThat(second.closed).isTrue();
    assertThat(first.closed).isFalse();
  }

  @Test
  void idleConnectionsAreClosedWhenTheirTimeIsUp() {
    PoolFixture tenMillis = pool(0, 0, 0, 10);
    FakeConnection first = tenMillis.connect(A);
    FakeConnection second = tenMillis.connect(A);
    tenMillis.release(first);
    tenMillis.clock.advanceMillis(6);
    tenMillis.release(second);

    tenMillis.clock.advanceMillis(3);
    assertThat(first.closed).isFalse();
    tenMillis.clock.advanceMillis(1);
    assertThat(first.closed).isTrue();
    assertThat(second.closed).isFalse();
    tenMillis.clock.advanceMillis(6);
    assertThat(second.closed).isTrue();
    assertThat(tenMillis.pool.openCount()).isZero();
    assertThat(tenMillis.clock.timers()).isZero();
  }

  @Test
  void useStopsTheTime() {
    PoolFixture tenMillis = pool(0, 0, 0, 10);
    FakeConnection connection = tenMillis.idle(A, 1).get(0);
    tenMillis.clock.advanceMillis(9);
    tenMillis.ask(A);
    tenMillis.clock.advanceMillis(9);
    assertThat(connection.closed).isFalse();
    tenMillis.release(connection);
    tenMillis.clock.advanceMillis(9);
    assertThat(connection.closed).isFalse();
    tenMillis.clock.advanceMillis(1);
    assertThat(connection.closed).isTrue();
  }

  @Test
  void anExpiredConnectionIsNotHandedOutThoughItsTimerIsLate() {
    PoolFixture tenMillis = pool(0, 0, 0, 10);
    FakeConnection connection = tenMillis.idle(A, 1).get(0);
    tenMillis.clock.advanceWithoutTimersMillis(10);

    assertThat(tenMillis.ask(A).waits()).isTrue();
    assertThat(connection.closed).isTrue();
    assertThat(tenMillis.pool.openCount()).isZero();
  }

  @Test
  void anExpiredConnectionGivesItsPlaceUnderTheHostLimitToTheRequest() {
    PoolFixture one = pool(0, 0, 1, 10);
    FakeConnection connection = one.idle(A, 1).get(0);
    connection.noticesLater = true;
    one.clock.advanceWithoutTimersMillis(10);
    Ask ask = one.ask(A);

    assertThat(connection.closed).isTrue();
    assertThat(one.dials).hasSize(2);
    ask.isToldToWaitFor();
    FakeConnection next = one.dial(2).connect();
    assertThat(ask.connection()).isSameAs(next);
    connection.notice();
    assertThat(one.pool.openCount()).isEqualTo(1);
  }

  @Test
  void aDeadConnectionIsNeverHandedOut() {
    List<FakeConnection> idle = unlimited.idle(A, 2);
    idle.get(1).dead = true;

    assertThat(unlimited.ask(A).connection()).isSameAs(idle.get(0));
    assertThat(unlimited.ask(A).waits()).isTrue();
    assertThat(idle.get(1).closed).isTrue();
  }

  @Test
  void aDeadConnectionGivesItsPlaceUnderTheHostLimitToTheRequest() {
    PoolFixture one = pool(0, 0, 1, 0);
    FakeConnection connection = one.idle(A, 1).get(0);
    connection.dead = true;
    Ask ask = one.ask(A);

    assertThat(connection.closed).isTrue();
    ask.isToldToWaitFor();
    assertThat(ask.connection()).isNull();
    assertThat(one.dials).hasSize(2);
  }

  @Test
  void aConnectionThatClosesWhileIdleIsForgotten() {
    FakeConnection connection = unlimited.idle(A, 1).get(0);
    connection.close();

    assertThat(unlimited.pool.idleCount()).isZero();
    assertThat(unlimited.pool.openCount()).isZero();
    assertThat(unlimited.ask(A).waits()).isTrue();
  }

  @Test
  void aConnectionThatDiedInUseCountsAsTakenBack() {
    FakeConnection connection = unlimited.connect(A);
    connection.close();

    assertThat(unlimited.giveBack(connection)).isNull();
    assertThat(unlimited.pool.idleCount()).isZero();
    assertThat(unlimited.pool.openCount()).isZero();
  }

  @Test
  void closingTheIdleOnesClosesThoseInUseWhenTheyWouldBecomeIdle() {
    FakeConnection used = unlimited.connect(A);
    FakeConnection idle = unlimited.connect(A);
    unlimited.release(idle);
    unlimited.pool.closeIdle();

    assertThat(idle.closed).isTrue();
    assertThat(used.closed).isFalse();
    refusedIfTold(unlimited.giveBack(used), Reason.IDLE_CLOSED);
  }

  @Test
  void theNextRequestEndsTheClosingOfIdleOnes() {
    FakeConnection used = unlimited.connect(A);
    unlimited.pool.closeIdle();
    unlimited.ask(B);

    assertThat(unlimited.giveBack(used)).isNull();
    assertThat(unlimited.pool.idleCount()).isEqualTo(1);
  }

  @Test
  void aClosedPoolTakesNothingBackAndRefuses() {
    FakeConnection used = unlimited.connect(A);
    FakeConnection idle = unlimited.connect(A);
    unlimited.release(idle);
    boolean[] done = new boolean[1];
    unlimited.pool.close(() -> done[0] = true);

    assertThat(done[0]).isTrue();
    assertThat(idle.closed).isTrue();
    assertThat(used.closed).isTrue();
    refusedIfTold(unlimited.giveBack(used), Reason.CLIENT_CLOSED);
    assertThat(unlimited.pool.openCount()).isZero();
    Ask late = unlimited.ask(A);
    assertThat(late.error).hasMessage("the client is closed");
  }
}
