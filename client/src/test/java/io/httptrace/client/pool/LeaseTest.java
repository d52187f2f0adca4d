package io.httptrace.client.pool;

import static io.httptrace.client.pool.PoolFixture.A;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.pool.Lease.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a connection when its lease is released. */
class LeaseTest extends PoolTest {
  LeaseTest(Requests requests) {
    super(requests);
  }

  private final PoolFixture fixture = unlimited;

  private Lease leased(int capacity) {
    Ask ask = fixture.ask(A);
    if (capacity == 1) {
      fixture.dial(1).connect();
    } else {
      fixture.dial(1).connectShared(capacity);
    }
    return requireNonNull(ask.grant);
  }

  @ParameterizedTest
  @CsvSource({
    "REUSE,     1, open, idle 1, counted 1",
    "CLOSE,     1, closed, idle 0, counted 0",
    "SWITCHED,  1, open, idle 0, counted 1",
    "ABANDONED, 1, closed, idle 0, counted 0",
    "REUSE,     9, open, idle 1, counted 1",
    "CLOSE,     9, closed, idle 0, counted 0",
    "SWITCHED,  9, open, idle 0, counted 1",
    "ABANDONED, 9, open, idle 1, counted 1"
  })
  void eachFateOfAConnectionThatOneOrNineRequestsCanHave(
      Fate fate, int capacity, String connection, String idle, String counted) {
    Lease lease = leased(capacity);

    lease.release(fate);

    assertThat(((FakeConnection) lease.connection()).closed).isEqualTo(connection.equals("closed"));
    assertThat("idle " + fixture.pool.idleCount()).isEqualTo(idle);
    assertThat("counted " + fixture.pool.openCount()).isEqualTo(counted);
  }

  @ParameterizedTest
  @EnumSource
  void whoReleasesItAfterAnotherChangesNothing(Fate second) {
    Lease lease = leased(1);
    lease.release(Fate.REUSE);
    Ask next = fixture.ask(A);

    lease.release(second);

    assertThat(requireNonNull(next.grant).connection()).isSameAs(lease.connection());
    assertThat(((FakeConnection) lease.connection()).closed).isFalse();
    assertThat(fixture.pool.idleCount()).isZero();
  }

  @Test
  void oneThatOthersHaveTooIsClosedAfterTheLast() {
    Lease first = leased(9);
    Lease second = requireNonNull(fixture.ask(A).grant);
    FakeConnection connection = (FakeConnection) first.connection();

    first.release(Fate.CLOSE);
    assertThat(connection.closed).isFalse();
    assertThat(fixture.ask(A).waits()).isTrue();

    second.release(Fate.REUSE);
    assertThat(connection.closed).isTrue();
  }

  @Test
  void oneThatHasSwitchedIsClosedByItsOwner() {
    Lease lease = leased(1);
    lease.release(Fate.SWITCHED);

    lease.close();
    lease.close();

    assertThat(((FakeConnection) lease.connection()).closed).isTrue();
    assertThat(fixture.pool.openCount()).isZero();
  }
}
