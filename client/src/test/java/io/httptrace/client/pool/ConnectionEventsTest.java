package io.httptrace.client.pool;

import static io.httptrace.client.pool.PoolFixture.A;
import static io.httptrace.client.pool.PoolFixture.B;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.pool.Lease.Fate;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener is told of connections, and the reasons for which they are closed. */
class ConnectionEventsTest extends PoolTest {
  ConnectionEventsTest(Requests requests) {
    super(requests);
  }

  private static Lease lease(Ask ask) {
    return requireNonNull(ask.grant);
  }

  /** What has been told since the connections were opened. */
  private static List<String> after(PoolFixture fixture, int opened) {
    assertThat(fixture.told.events).hasSizeGreaterThanOrEqualTo(opened);
    return fixture.told.events.subList(opened, fixture.told.events.size());
  }

  @Test
  void aConnectionOpensAndClosesOnce() {
    FakeConnection connection = unlimited.connect(A);
    unlimited.clock.advanceMillis(7);
    unlimited.release(connection);
    unlimited.clock.advanceMillis(3);
    connection.failure = new EOFException();
    connection.close();
    unlimited.pool.close(() -> {});

    assertThat(unlimited.told.events)
        .containsExactly("opened #1 to http://a.test:80", "closed #1 PEER_CLOSED at 10 ms");
  }

  @Test
  void aDialThatFailsOpensNothing() {
    unlimited.ask(A);
    unlimited.dial(1).fail(new IOException("refused"));
    unlimited.pool.close(() -> {});

    assertThat(unlimited.told.events).isEmpty();
  }

  @Test
  void oneThatIsIdleForTooLong() {
    PoolFixture limited = pool(0, 0, 0, 20);
    limited.idle(A, 1);
    limited.clock.advanceMillis(20);

    assertThat(after(limited, 1)).containsExactly("closed #1 IDLE_TIMEOUT at 20 ms");
  }

  @Test
  void oneThatIsFoundDeadWhenItIsWanted() {
    unlimited.idle(A, 1).get(0).dead = true;
    unlimited.ask(A);

    assertThat(after(unlimited, 1)).containsExactly("closed #1 PEER_CLOSED at 0 ms");
  }

  @Test
  void oneIdleTooMany() {
    PoolFixture two = pool(2, 0, 0, 0);
    two.idle(A, 1);
    two.idle(B, 2);

    assertThat(after(two, 3)).containsExactly("closed #1 TOO_MANY_IDLE at 0 ms");
  }

  @Test
  void oneIdleTooManyForTheHostWhetherAHookIsToldOrNot() {
    PoolFixture one = pool(0, 1, 0, 0);
    FakeConnection first = one.connect(A);
    FakeConnection second = one.connect(A);
    FakeConnection third = one.connect(A);
    one.giveBack(first);
    one.giveBack(second);
    one.release(third);

    assertThat(after(one, 3))
        .containsExactly("closed #2 TOO_MANY_IDLE at 0 ms", "closed #3 TOO_MANY_IDLE at 0 ms");
  }

  @Test
  void theIdleOnesThatTheApplicationCloses() {
    unlimited.idle(A, 1);
    FakeConnection used = unlimited.connect(B);
    unlimited.pool.closeIdle();
    unlimited.release(used);

    assertThat(after(unlimited, 2))
        .containsExactly("closed #1 IDLE_CLOSED at 0 ms", "closed #2 IDLE_CLOSED at 0 ms");
  }

  @Test
  void oneThatIsGoodForOneExchangeOnly() {
    Ask ask = unlimited.ask(A);
    unlimited.dial(1).connect();
    lease(ask).release(Fate.CLOSE);

    assertThat(after(unlimited, 1)).containsExactly("closed #1 NOT_REUSABLE at 0 ms");
  }

  @Test
  void oneWhoseRequestWasGivenUp() {
    Ask ask = unlimited.ask(A);
    unlimited.dial(1).connect();
    lease(ask).release(Fate.ABANDONED);

    assertThat(after(unlimited, 1)).containsExactly("closed #1 REQUEST_ABANDONED at 0 ms");
  }

  @Test
  void anErrorCountsMoreThanWhatIsMadeOfIt() {
    Ask ask = unlimited.ask(A);
    unlimited.dial(1).connect().failure = new IOException("reset");
    lease(ask).release(Fate.ABANDONED);

    assertThat(after(unlimited, 1)).containsExactly("closed #1 ERROR at 0 ms");
  }

  @Test
  void oneThatBreaksInUse() {
    FakeConnection connection = unlimited.connect(A);
    connection.failure = new IOException("reset");
    connection.close();
    unlimited.discard(connection);

    assertThat(after(unlimited, 1)).containsExactly("closed #1 ERROR at 0 ms");
  }

  @Test
  void oneThatHasSwitchedToAnotherProtocol() {
    Ask ask = unlimited.ask(A);
    unlimited.dial(1).connect();
    lease(ask).release(Fate.SWITCHED);
    lease(ask).close();

    assertThat(after(unlimited, 1)).containsExactly("closed #1 UPGRADE_ENDED at 0 ms");
  }

  @Test
  void oneThatHasSwitchedToAnotherProtocolAndIsClosedByItsPeer() {
    Ask ask = unlimited.ask(A);
    FakeConnection connection = unlimited.dial(1).connect();
    lease(ask).release(Fate.SWITCHED);
    connection.close();
    lease(ask).close();

    assertThat(after(unlimited, 1)).containsExactly("closed #1 UPGRADE_ENDED at 0 ms");
  }

  @Test
  void oneThatNobodyNeedsAnyMore() {
    unlimited.ask(A);
    unlimited.ask(A);
    unlimited.dial(1).connectShared(10);
    unlimited.dial(2).connectShared(10);

    assertThat(after(unlimited, 2)).containsExactly("closed #2 NOT_NEEDED at 0 ms");
  }

  @Test
  void aSharedOneThatIsRetiredIsClosedWithItsLastRequest() {
    Ask first = unlimited.ask(A);
    unlimited.dial(1).connectShared(10);
    Ask second = unlimited.ask(A);
    lease(first).release(Fate.CLOSE);
    assertThat(after(unlimited, 1)).isEmpty();
    lease(second).release(Fate.REUSE);

    assertThat(after(unlimited, 1)).containsExactly("closed #1 NOT_REUSABLE at 0 ms");
  }

  @Test
  void aSharedOneThatGoesAwayIsClosedWithItsLastRequest() {
    Ask ask = unlimited.ask(A);
    FakeConnection connection = unlimited.dial(1).connectShared(10);
    connection.dead = true;
    lease(ask).release(Fate.REUSE);

    assertThat(after(unlimited, 1)).containsExactly("closed #1 PEER_CLOSED at 0 ms");
  }

  @Test
  void aSharedOneThatIsIdleTooLong() {
    PoolFixture limited = pool(0, 0, 0, 20);
    Ask ask = limited.ask(A);
    limited.dial(1).connectShared(10);
    lease(ask).release(Fate.REUSE);
    limited.clock.advanceMillis(20);

    assertThat(after(limited, 1)).containsExactly("closed #1 IDLE_TIMEOUT at 20 ms");
  }

  @Test
  void allWhenTheClientIsClosedAlsoThoseThatComeTooLate() {
    unlimited.connect(A);
    unlimited.idle(B, 1);
    unlimited.ask(A);
    unlimited.dial(3).endsLater = true;
    unlimited.pool.close(() -> {});
    unlimited.dial(3).connect();

    assertThat(after(unlimited, 2))
        .containsExactly(
            "closed #1 CLIENT_CLOSED at 0 ms",
            "closed #2 CLIENT_CLOSED at 0 ms",
            "opened #3 to http://a.test:80",
            "closed #3 CLIENT_CLOSED at 0 ms");
  }

  @Test
  void aRequestThatHadToWaitTellsHowLong() {
    PoolFixture one = pool(0, 0, 1, 0);
    FakeConnection connection = one.connect(A);
    one.ask(A);
    Ask late = one.ask(A);
    one.clock.advanceMillis(5);
    one.release(connection);
    one.clock.advanceMillis(1);
    one.pool.cancel(late.request, new IOException("cancelled"));

    assertThat(after(one, 1))
        .containsExactly(
            "waited http://a.test:80 HOST_LIMIT PT0.005S connected",
            "waited http://a.test:80 HOST_LIMIT PT0.006S without a connection");
  }

  @Test
  void aRequestThatWaitsForADialOfAnotherTellsSo() {
    PoolFixture fixture = pool(0, 0, 0, 0);
    Ask first = fixture.ask(A);
    fixture.dial(1).connectShared(10);
    lease(first).release(Fate.CLOSE);
    fixture.ask(A);
    fixture.ask(A);
    fixture.clock.advanceMillis(4);
    fixture.dial(2).connectShared(5);

    assertThat(fixture.told.events)
        .containsExactly(
            "opened #1 to http://a.test:80",
            "closed #1 NOT_REUSABLE at 0 ms",
            "opened #2 to http://a.test:80",
            "waited http://a.test:80 PENDING_DIAL PT0.004S connected");
  }

  @Test
  void aRequestThatWaitsAndThenFailsToDialTellsSo() {
    PoolFixture one = pool(0, 0, 1, 0);
    FakeConnection connection = one.connect(A);
    one.ask(A);
    one.discard(connection);
    one.clock.advanceMillis(2);
    one.dial(2).fail(new IOException("refused"));

    assertThat(after(one, 2))
        .containsExactly("waited http://a.test:80 HOST_LIMIT PT0.002S without a connection");
  }

  @Test
  void aRequestThatDialsDoesNotWait() {
    unlimited.ask(A);
    unlimited.clock.advanceMillis(2);
    unlimited.dial(1).connect();

    assertThat(unlimited.told.events).containsExactly("opened #1 to http://a.test:80");
  }
}
