package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A new connection of which the poller is not told, as a caller is about to wait for it. */
class ExpectedCallerTest extends ReadinessFixture {
  @Override
  void begin() {
    readiness.expectCaller();
  }

  @Test
  void theCallerHearsItAndNotThePoller() throws Exception {
    poller.unwatch(readiness);
    say();
    Thread caller = caller("caller");

    assertThat(heardBy()).isEqualTo("caller");
    tell(caller);
    ends(caller);
    assertThat(heard).isEmpty();
  }

  @Test
  void thePollerHearsItIfNobodyComes() throws Exception {
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void thePollerHearsItIfTheCallerStaysAway() throws Exception {
    readiness.attach();
    say();

    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void thePollerHearsItFromWhenItIsShared() throws Exception {
    poller.unwatch(readiness);
    say();
    readiness.share();

    assertThat(heardBy()).isEqualTo(POLLER);
  }

  @Test
  void thePollerHearsItWhenTheCallerLeavesBeforeTheEnd() throws Exception {
    poller.unwatch(readiness);
    readiness.attach();
    say();
    readiness.leave(false);

    assertThat(heardBy()).isEqualTo(POLLER);
  }
}
