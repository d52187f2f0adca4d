package io.httptrace.client.pool;

import static io.httptrace.client.pool.PoolFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ConnWaitReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that several requests have at the same time, as HTTP/2 allows. */
class SharedConnectionsTest extends PoolTest {
  SharedConnectionsTest(Requests requests) {
    super(requests);
  }

  private final PoolFixture pool = unlimited;

  /** A connection that no request has, to a target that is known to share. */
  private FakeConnection warm(PoolFixture in, int capacity) {
    in.ask(A);
    FakeConnection connection = in.dial(in.dials.size()).connectShared(capacity);
    in.release(connection);
    return connection;
  }

  private static List<Ask> ask(PoolFixture in, int count) {
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asks.add(in.ask(A));
    }
    return asks;
  }

  @Test
  void requestsShareAConnection() {
    FakeConnection connection = warm(pool, 2);
    pool.clock.advanceMillis(5);

    Ask first = pool.ask(A);
    Ask second = pool.ask(A);

    assertThat(first.grant())
        .isEqualTo(new Grant(connection, true, true, TimeUnit.MILLISECONDS.toNanos(5)));
    assertThat(second.grant()).isEqualTo(new Grant(connection, true, false, 0));
    assertThat(pool.pool.idleCount()).isZero();
    assertThat(pool.pool.openCount()).isEqualTo(1);
  }

  /** A request that is lost on it is not sent again, other than on one that is not shared. */
  @Test
  void oneThatNobodyListensToIsCheckedHoweverShortlyItWasUsed() {
    FakeConnection connection = warm(pool, 2);
    connection.unpolled = true;

    Ask ask = pool.askToRepeat(A);

    assertThat(connection.closed).isTrue();
    assertThat(ask.waits()).isTrue();
    assertThat(pool.dials).hasSize(2);
  }

  @Test
  void whoComesWhenItIsFullDials() {
    FakeConnection connection = warm(pool, 1);
    pool.ask(A);

    Ask second = pool.ask(A);

    assertThat(second.waits()).isTrue();
    second.isToldToWaitFor();
    assertThat(pool.dials).hasSize(2);
    pool.release(connection);
    assertThat(second.grant()).isEqualTo(new Grant(connection, true, false, 0));
  }

  @Test
  void withAHostLimitARequestWaitsForAStream() {
    PoolFixture limited = pool(0, 0, 1, 0);
    FakeConnection connection = warm(limited, 1);
    limited.ask(A);

    Ask second = limited.ask(A);

    second.isToldToWaitFor(ConnWaitReason.STREAM_LIMIT);
    assertThat(limited.dials).hasSize(1);
    limited.release(connection);
    assertThat(second.connection()).isSameAs(connection);
  }

  @Test
  void toAnUnknownTargetEachDialsAndTheFirstConnectionServesAll() {
    List<Ask> asks = ask(pool, 3);
    assertThat(pool.dials).hasSize(3);

    FakeConnection first = pool.dial(2).connectShared(100);

    assertThat(asks).extracting(Ask::connection).containsOnly(first);
    assertThat(asks.get(1).grant()).isEqualTo(new Grant(first, false, false, 0));
    assertThat(asks.get(0).grant()).isEqualTo(new Grant(first, true, false, 0));

    FakeConnection surplus = pool.dial(1).connectShared(100);
    assertThat(surplus.closed).isTrue();
    assertThat(pool.pool.openCount()).isEqualTo(1);
  }

  @Test
  void theFirstToUseAConnectionFindsItNew() {
    Ask first = pool.ask(A);
    first.request.cancel(new IOException("given up"));
    Ask second = pool.ask(A);
    pool.dial(2).connectShared(100);

    assertThat(second.grant().reused()).isFalse();
  }

  @Test
  void aConnectionNobodyHasUsedIsNewWhateverItsPeerAllows() {
    List<Ask> asks = ask(pool, 2);
    FakeConnection exclusive = pool.dial(1).connect();
    pool.release(exclusive);
    FakeConnection unused = pool.dial(2).connectShared(100);
    unused.allow(50);

    assertThat(asks).extracting(Ask::connection).containsOnly(exclusive);
    Ask third = pool.ask(A);
    assertThat(third.grant()).isEqualTo(new Grant(unused, false, false, 0));
  }

  @Test
  void withoutSharingEachDials() {
    PoolFixture alone = withoutSharing();
    alone.ask(A);
    FakeConnection first = alone.dial(1).connectShared(100);
    assertThat(alone.ask(A).waits()).isTrue();
    alone.retire(first);
    assertThat(first.closed).isTrue();

    ask(alone, 3);

    assertThat(alone.dials).hasSize(5);
  }

  @Test
  void toATargetThatIsKnownToShareABurstSharesOneDial() {
    warm(pool, 100).close();

    List<Ask> asks = ask(pool, 100);

    assertThat(pool.dials).hasSize(2);
    asks.get(0).isToldToWaitFor();
    asks.get(99).isToldToWaitFor(ConnWaitReason.PENDING_DIAL);
    FakeConnection connection = pool.dial(2).connectShared(100);
    assertThat(asks).extracting(Ask::connection).containsOnly(connection);
    assertThat(asks.get(0).grant().reused()).isFalse();
    assertThat(asks.get(99).grant().reused()).isTrue();
  }

  @Test
  void aBurstDialsAsOftenAsItNeedsTo() {
    warm(pool, 10).close();

    List<Ask> asks = ask(pool, 25);
    assertThat(pool.dials).hasSize(4);
    pool.dial(2).connectShared(10);
    pool.dial(3).connectShared(10);
    pool.dial(4).connectShared(10);

    assertThat(asks).noneMatch(Ask::waits);
    assertThat(pool.pool.openCount()).isEqualTo(3);
  }

  @Test
  void aBurstDialsAgainIfThereIsLessRoomThanThereWas() {
    warm(pool, 10).close();
    List<Ask> asks = ask(pool, 10);

    pool.dial(2).connectShared(4);
    assertThat(asks).filteredOn(Ask::waits).hasSize(6);
    pool.dial(3).connectShared(4);
    pool.dial(4).connectShared(4);

    assertThat(asks).noneMatch(Ask::waits);
    assertThat(pool.dials).hasSize(4);
  }

  @Test
  void whoIsAboutToGetTheRoomThereIsDoesNotDial() {
    warm(pool, 4).close();
    List<Ask> asks = ask(pool, 5);
    asks.get(0).then = () -> pool.dial(3).fail(new IOException("refused"));

    FakeConnection connection = pool.dial(2).connectShared(4);

    assertThat(asks.subList(0, 4)).extracting(Ask::connection).containsOnly(connection);
    assertThat(pool.dials).hasSize(3);
  }

  @Test
  void aDialThatComesLateIsKeptIfMoreWaitThanThereIsRoomFor() {
    warm(pool, 3).close();
    List<Ask> asks = ask(pool, 9);
    assertThat(pool.dials).hasSize(4);
    asks.get(0).then = () -> pool.dial(2).connectShared(3);

    FakeConnection first = pool.dial(3).connectShared(3);
    FakeConnection last = pool.dial(4).connectShared(3);

    assertThat(asks.get(0).connection()).isSameAs(first);
    assertThat(asks).noneMatch(Ask::waits);
    assertThat(pool.dials).hasSize(4);
    assertThat(pool.connections.subList(1, 4)).noneMatch(connection -> connection.closed);
    assertThat(last.closed).isFalse();
  }

  @Test
  void whoSharesADialThatFailsDials() {
    warm(pool, 100).close();
    List<Ask> asks = ask(pool, 3);

    pool.dial(2).fail(new IOException("refused"));

    assertThat(asks.get(0).error).hasMessage("refused");
    assertThat(asks.subList(1, 3)).allMatch(Ask::waits);
    assertThat(pool.dials).hasSize(4);
  }

  @Test
  void whoSharesADialThatIsGivenUpSharesTheNext() {
    warm(pool, 100).close();
    List<Ask> asks = ask(pool, 3);

    pool.pool.cancel(asks.get(0).request, new IOException("given up"));

    assertThat(pool.dials).hasSize(3);
    FakeConnection connection = pool.dial(3).connectShared(100);
    assertThat(asks.subList(1, 3)).extracting(Ask::connection).containsOnly(connection);
  }

  @Test
  void whoSharesADialOfAnotherProtocolDials() {
    warm(pool, 100).close();
    List<Ask> asks = ask(pool, 3);

    FakeConnection exclusive = pool.dial(2).connect();

    assertThat(asks.get(0).connection()).isSameAs(exclusive);
    assertThat(pool.dials).hasSize(4);
    pool.release(exclusive);
    assertThat(asks.get(1).grant()).isEqualTo(new Grant(exclusive, true, false, 0));
  }

  @Test
  void moreRoomServesThoseWhoWait() {
    PoolFixture limited = pool(0, 0, 1, 0);
    FakeConnection connection = warm(limited, 1);
    List<Ask> asks = ask(limited, 4);

    connection.allow(3);

    assertThat(asks).filteredOn(Ask::waits).hasSize(1);
    connection.allow(4);
    assertThat(asks).noneMatch(Ask::waits);
  }

  @Test
  void lessRoomLetsThoseWhoHaveItGoOn() {
    FakeConnection connection = warm(pool, 3);
    ask(pool, 3);
    connection.allow(1);
    pool.release(connection);
    pool.release(connection);

    assertThat(pool.ask(A).waits()).isTrue();
    assertThat(connection.closed).isFalse();
  }

  @Test
  void aConnectionThatIsGoingAwayServesWhoHasIt() {
    FakeConnection connection = warm(pool, 3);
    ask(pool, 2);
    connection.dead = true;

    assertThat(pool.ask(A).waits()).isTrue();
    pool.release(connection);
    assertThat(connection.closed).isFalse();
    pool.release(connection);
    assertThat(connection.closed).isTrue();
  }

  @Test
  void aConnectionThatIsRetiredIsClosedWithItsLastRequest() {
    FakeConnection connection = warm(pool, 3);
    ask(pool, 2);

    pool.retire(connection);

    assertThat(connection.closed).isFalse();
    assertThat(pool.ask(A).waits()).isTrue();
    pool.release(connection);
    assertThat(connection.closed).isTrue();
    assertThat(pool.pool.openCount()).isZero();
  }

  @Test
  void anIdleConnectionExpires() {
    PoolFixture brief = pool(0, 0, 0, 100);
    FakeConnection connection = warm(brief, 3);
    brief.clock.advanceMillis(60);
    brief.ask(A);
    brief.release(connection);
    brief.clock.advanceMillis(60);
    assertThat(connection.closed).isFalse();

    brief.clock.advanceMillis(60);

    assertThat(connection.closed).isTrue();
    assertThat(brief.pool.openCount()).isZero();
    assertThat(brief.ask(A).waits()).isTrue();
  }

  @Test
  void closingTheIdleOnesLeavesThoseInUse() {
    FakeConnection connection = warm(pool, 3);
    ask(pool, 1);

    pool.pool.closeIdle();
    assertThat(connection.closed).isFalse();
    pool.release(connection);
    pool.pool.closeIdle();

    assertThat(connection.closed).isTrue();
  }

  @Test
  void aConnectionThatDiesIsForgottenWhenItsRequestsAreThrough() {
    FakeConnection connection = warm(pool, 3);
    ask(pool, 2);
    connection.close();

    assertThat(pool.pool.openCount()).isEqualTo(1);
    pool.release(connection);
    pool.release(connection);

    assertThat(pool.pool.openCount()).isZero();
    assertThat(pool.pool.idleCount()).isZero();
  }

  @Test
  void aConnectionThatIsDeadWhenItIsThereIsForgotten() {
    PoolFixture limited = pool(0, 0, 1, 0);
    Ask ask = limited.ask(A);
    limited.dial(1).endsLater = true;
    limited.pool.cancel(ask.request, new IOException("given up"));

    limited.dial(1).connectDead();

    assertThat(limited.pool.openCount()).isZero();
    limited.ask(A);
    assertThat(limited.dials).hasSize(2);
  }

  @Test
  void withoutSharingAConnectionThatWasNotUsedIsClosed() {
    PoolFixture alone = withoutSharing();
    alone.ask(A);
    FakeConnection connection = alone.dial(1).connectShared(100);

    alone.release(connection);

    assertThat(connection.closed).isTrue();
    assertThat(alone.pool.openCount()).isZero();
  }
}
