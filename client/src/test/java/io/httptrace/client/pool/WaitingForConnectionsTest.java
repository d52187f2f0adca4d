package io.httptrace.client.pool;

import static io.httptrace.client.pool.PoolFixture.A;
import static io.httptrace.client.pool.PoolFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ConnWaitReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Requests that wait: for their own dial, for another's connection, for their turn. */
class WaitingForConnectionsTest extends PoolTest {
  WaitingForConnectionsTest(Requests requests) {
    super(requests);
  }

  private final CancellationException cancelled = new CancellationException("cancelled");

  private final PoolFixture one = pool(0, 0, 1, 0);

  @Test
  void aFreedConnectionThatComesFirstServesTheRequest() {
    FakeConnection first = unlimited.connect(A);
    Ask ask = unlimited.ask(A);
    unlimited.release(first);

    assertThat(ask.connection()).isSameAs(first);
    assertThat(ask.grant().reused()).isTrue();
    assertThat(ask.grant().wasIdle()).isFalse();
    ask.isToldToWaitFor();
  }

  @Test
  void aDialThatIsNotNeededAnyMoreIsParked() {
    FakeConnection first = unlimited.connect(A);
    unlimited.ask(A);
    unlimited.release(first);
    FakeConnection parked = unlimited.dial(2).connect();

    assertThat(unlimited.dial(2).cancelled).isNull();
    assertThat(unlimited.pool.idleCount()).isEqualTo(1);
    assertThat(unlimited.ask(A).connection()).isSameAs(parked);
  }

  @Test
  void aDialThatIsNotNeededAnyMoreServesTheNextThatWaits() {
    FakeConnection first = unlimited.connect(A);
    unlimited.ask(A);
    Ask next = unlimited.ask(A);
    unlimited.release(first);
    FakeConnection second = unlimited.dial(2).connect();

    assertThat(next.connection()).isSameAs(second);
    assertThat(unlimited.pool.idleCount()).isZero();
  }

  @Test
  void aDialThatIsNotNeededAnyMoreMayFail() {
    FakeConnection first = unlimited.connect(A);
    Ask ask = unlimited.ask(A);
    unlimited.release(first);
    unlimited.dial(2).fail(new IOException("refused"));

    assertThat(ask.error).isNull();
    assertThat(unlimited.pool.openCount()).isEqualTo(1);
  }

  @Test
  void itsOwnDialThatComesFirstServesTheRequest() {
    FakeConnection first = unlimited.connect(A);
    Ask ask = unlimited.ask(A);
    FakeConnection own = unlimited.dial(2).connect();
    unlimited.release(first);

    assertThat(ask.connection()).isSameAs(own);
    assertThat(ask.grant().reused()).isFalse();
    assertThat(unlimited.pool.idleCount()).isEqualTo(1);
  }

  @Test
  void freedConnectionsGoInOrderOfArrival() {
    FakeConnection first = unlimited.connect(A);
    Ask second = unlimited.ask(A);
    Ask third = unlimited.ask(A);
    unlimited.release(first);
    assertThat(second.connection()).isSameAs(first);
    assertThat(third.waits()).isTrue();
    unlimited.release(first);
    assertThat(third.connection()).isSameAs(first);
  }

  @Test
  void aDialThatFailsFailsItsRequestOnly() {
    IOException refused = new IOException("refused");
    Ask first = unlimited.ask(A);
    Ask second = unlimited.ask(A);
    unlimited.dial(1).fail(refused);

    assertThat(first.error).isSameAs(refused);
    assertThat(second.waits()).isTrue();
  }

  @Test
  void beyondTheHostLimitRequestsWaitTheirTurn() {
    FakeConnection first = one.connect(A);
    Ask second = one.ask(A);
    Ask third = one.ask(A);
    Ask elsewhere = one.ask(B);

    assertThat(one.dials).extracting(dial -> dial.key).containsExactly(A, B);
    second.isToldToWaitFor(ConnWaitReason.HOST_LIMIT);
    elsewhere.isToldToWaitFor();
    one.release(first);
    assertThat(second.connection()).isSameAs(first);
    one.release(first);
    assertThat(third.connection()).isSameAs(first);
    assertThat(one.dials).hasSize(2);
  }

  @Test
  void aClosedConnectionLetsTheNextOneDial() {
    FakeConnection first = one.connect(A);
    Ask second = one.ask(A);
    Ask third = one.ask(A);
    one.discard(first);

    assertThat(one.dials).hasSize(2);
    FakeConnection next = one.dial(2).connect();
    assertThat(second.connection()).isSameAs(next);
    assertThat(third.waits()).isTrue();
    one.discard(next);
    assertThat(one.dials).hasSize(3);
    one.dial(3).connect();
    assertThat(third.waits()).isFalse();
  }

  @Test
  void aConnectionThatDiesInUseKeepsItsPlaceUntilItsRequestIsThrough() {
    FakeConnection first = one.connect(A);
    Ask second = one.ask(A);
    first.close();
    assertThat(one.dials).hasSize(1);
    one.discard(first);
    assertThat(one.dials).hasSize(2);
    one.dial(2).connect();
    assertThat(second.waits()).isFalse();
  }

  @Test
  void aFailedDialLetsTheNextOneDial() {
    Ask first = one.ask(A);
    Ask second = one.ask(A);
    one.dial(1).fail(new IOException("refused"));

    assertThat(first.error).hasMessage("refused");
    assertThat(one.dials).hasSize(2);
    FakeConnection connection = one.dial(2).connect();
    assertThat(second.connection()).isSameAs(connection);
  }

  @Test
  void thousandsOfDialsMayFailInARow() {
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      asks.add(one.ask(A));
    }
    IOException refused = new IOException("refused");
    FakeDial first = one.dial(1);
    one.failingAtOnce = refused;
    first.fail(refused);

    assertThat(asks).allMatch(ask -> ask.error == refused);
    assertThat(one.dials).hasSize(20_000);
  }

  @Test
  void cancelWhileQueuedLeavesTheQueue() {
    FakeConnection first = one.connect(A);
    Ask second = one.ask(A);
    Ask third = one.ask(A);

    assertThat(one.pool.cancel(second.request, cancelled)).isTrue();
    one.release(first);
    assertThat(second.waits()).isTrue();
    assertThat(third.connection()).isSameAs(first);
  }

  @Test
  void cancelWhileDiallingStopsTheDialAndFreesThePlace() {
    Ask first = one.ask(A);
    Ask second = one.ask(A);

    assertThat(one.pool.cancel(first.request, cancelled)).isTrue();
    assertThat(one.dial(1).cancelled).isSameAs(cancelled);
    assertThat(first.waits()).isTrue();
    assertThat(one.dials).hasSize(2);
    one.dial(2).connect();
    assertThat(second.waits()).isFalse();
  }

  /** Else a dial could go on for a while that nobody wants, as when its first hook is slow. */
  @Test
  void aDialCanBeStoppedAsSoonAsItHasBegun() {
    Ask ask = one.notYetAsked(A);
    one.starting =
        () -> {
          one.pool.cancel(ask.request, cancelled);
          assertThat(one.dial(1).cancelled).isSameAs(cancelled);
        };

    one.pool.acquire(ask.request);

    assertThat(one.dials).hasSize(1);
  }

  @Test
  void cancelAfterTheConnectionCameDoesNothing() {
    Ask ask = unlimited.ask(A);
    FakeConnection connection = unlimited.dial(1).connect();

    assertThat(unlimited.pool.cancel(ask.request, cancelled)).isFalse();
    assertThat(ask.connection()).isSameAs(connection);
    assertThat(unlimited.dial(1).cancelled).isNull();
  }

  @Test
  void cancelTwiceIsOnce() {
    Ask ask = unlimited.ask(A);

    assertThat(unlimited.pool.cancel(ask.request, cancelled)).isTrue();
    assertThat(unlimited.pool.cancel(ask.request, cancelled)).isFalse();
    assertThat(ask.waits()).isTrue();
  }

  @Test
  void aRequestThatWasCancelledBeforeItAsksGetsNothing() {
    unlimited.idle(A, 1);
    Ask ask = unlimited.notYetAsked(A);
    unlimited.pool.cancel(ask.request, cancelled);
    unlimited.pool.acquire(ask.request);

    assertThat(ask.waits()).isTrue();
    assertThat(unlimited.pool.idleCount()).isEqualTo(1);
  }

  @Test
  void closingStopsDialsAndTellsWhenTheyHaveEnded() {
    Ask first = unlimited.ask(A);
    Ask second = unlimited.ask(B);
    unlimited.dial(2).endsLater = true;
    boolean[] done = new boolean[1];
    unlimited.pool.close(() -> done[0] = true);

    assertThat(first.error).hasMessage("the client is closed");
    assertThat(done[0]).isFalse();
    FakeConnection late = unlimited.dial(2).connect();
    assertThat(done[0]).isTrue();
    assertThat(late.closed).isTrue();
    assertThat(second.error).hasMessage("the client is closed");
    assertThat(unlimited.pool.openCount()).isZero();
  }
}
