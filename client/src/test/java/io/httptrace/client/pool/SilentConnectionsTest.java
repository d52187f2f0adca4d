package io.httptrace.client.pool;

import static io.httptrace.client.pool.PoolFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ConnWaitReason;
import org.junit.jupiter.api.Test;

/** Shared connections on which nothing arrives any more. */
class SilentConnectionsTest extends PoolTest {
  SilentConnectionsTest(Requests requests) {
    super(requests);
  }

  private final PoolFixture limited = pool(0, 0, 1, 0);

  /** A connection whose only request has run out of time, and been answered by nothing. */
  private static FakeConnection silent(PoolFixture pool) {
    pool.ask(A);
    FakeConnection connection = pool.dial(1).connectShared(10);
    connection.goSilent();
    pool.release(connection);
    return connection;
  }

  @Test
  void theNextRequestSaysSoAndDials() {
    FakeConnection silent = silent(unlimited);

    Ask next = unlimited.ask(A);

    next.isToldToWaitFor(ConnWaitReason.SILENT_CONNECTION);
    FakeConnection other = unlimited.dial(2).connectShared(10);
    assertThat(next.connection()).isSameAs(other);
    assertThat(silent.closed).as("it may yet answer").isFalse();
    assertThat(unlimited.ask(A).connection()).isSameAs(other);
    assertThat(unlimited.dials).hasSize(2);
  }

  @Test
  void thoseThatComeTogetherShareTheDial() {
    silent(unlimited);

    Ask first = unlimited.ask(A);
    Ask second = unlimited.ask(A);

    second.isToldToWaitFor(ConnWaitReason.PENDING_DIAL);
    FakeConnection other = unlimited.dial(2).connectShared(10);
    assertThat(first.connection()).isSameAs(other);
    assertThat(second.connection()).isSameAs(other);
  }

  @Test
  void oneThatSpeaksAgainServesThoseWhoWait() {
    FakeConnection silent = silent(unlimited);
    Ask next = unlimited.ask(A);

    silent.speak();

    assertThat(next.connection()).isSameAs(silent);
    assertThat(unlimited.ask(A).connection()).isSameAs(silent);
  }

  @Test
  void withAHostLimitARequestWaitsForItToSpeak() {
    FakeConnection silent = silent(limited);

    Ask next = limited.ask(A);

    next.isToldToWaitFor(ConnWaitReason.SILENT_CONNECTION);
    assertThat(limited.dials).hasSize(1);
    silent.speak();
    assertThat(next.connection()).isSameAs(silent);
  }

  @Test
  void withAHostLimitARequestDialsWhenItIsClosed() {
    FakeConnection silent = silent(limited);
    Ask next = limited.ask(A);

    silent.close();

    assertThat(limited.dials).hasSize(2);
    FakeConnection other = limited.dial(2).connectShared(10);
    assertThat(next.connection()).isSameAs(other);
    assertThat(limited.pool.openCount()).isEqualTo(1);
  }

  @Test
  void oneThatNoRequestHasIsIdle() {
    silent(unlimited);

    assertThat(unlimited.pool.idleCount()).isEqualTo(1);
    unlimited.pool.closeIdle();
    assertThat(unlimited.pool.openCount()).isZero();
  }
}
