package io.httptrace.client.connect;

import static io.httptrace.client.connect.Race.V4;
import static io.httptrace.client.connect.Race.V4B;
import static io.httptrace.client.connect.Race.V6;
import static io.httptrace.client.connect.Race.V6B;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address is tried when, and what becomes of those that do not win. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class HappyEyeballsTest {
  @Parameter boolean traced;

  private final CancellationException stop = new CancellationException("stop");

  @Test
  void oneAddress() {
    Race race = new Race(traced, 0, 300, V4);
    Channel channel = race.attempt(1).connects();

    race.logged("start " + V4, "done " + V4 + " ok", "connected " + V4);
    assertThat(race.winner).isSameAs(channel);
    assertThat(channel.isOpen()).isTrue();
    assertThat(race.clock.timers()).isZero();
  }

  @Test
  void addressesOfOneFamilyAreTriedOneAfterTheOther() {
    Race race = new Race(traced, 0, 300, V4, V4B);
    race.clock.advanceMillis(1000);
    race.logged("start " + V4);
    race.attempt(1).fails("refused");
    race.attempt(2).connects();

    race.logged(
        "start " + V4,
        "done " + V4 + " refused",
        "start " + V4B,
        "done " + V4B + " ok",
        "connected " + V4B);
  }

  @Test
  void theFamilyOfTheFirstAddressGoesFirst() {
    Race race = new Race(traced, 0, 300, V4, V6, V4B, V6B);
    race.clock.advanceMillis(299);
    race.logged("start " + V4);
    race.clock.advanceMillis(1);
    race.logged("start " + V4, "start " + V6);
    race.attempt(1).fails("refused");
    race.loggedLast("start " + V4B);
    race.attempt(2).fails("refused");
    race.loggedLast("start " + V6B);
  }

  @Test
  void theOtherFamilyStartsAtOnceWhenTheFirstHasFailed() {
    Race race = new Race(traced, 0, 300, V6, V6B, V4);
    race.attempt(1).fails("refused");
    assertThat(race.attempts).hasSize(2);
    race.attempt(2).fails("refused too");
    race.loggedLast("start " + V4);
    race.clock.advanceMillis(300);
    assertThat(race.attempts).as("the delay starts nothing twice").hasSize(3);
    race.attempt(3).connects();
    race.loggedLast("connected " + V4);
  }

  @Test
  void aDelayOfZeroStartsBothFamilies() {
    Race race = new Race(traced, 0, 0, V6, V4);
    race.clock.advanceMillis(0);

    race.logged("start " + V6, "start " + V4);
  }

  @Test
  void aNegativeDelayMakesOneSequence() {
    Race race = new Race(traced, 0, -1, V6, V4, V6B);
    race.clock.advanceMillis(10_000);
    race.attempt(1).fails("refused");
    race.attempt(2).fails("refused");
    race.attempt(3).connects();

    assertThat(race.tried).containsExactly(V6, V4, V6B);
    race.loggedLast("connected " + V6B);
  }

  @Test
  void theFirstConnectionWinsAndTheLoserIsStoppedAndToldOf() {
    Race race = new Race(traced, 0, 300, V6, V4);
    race.clock.advanceMillis(300);
    race.attempt(2).connects();

    assertThat(race.attempt(1).cancelled).isTrue();
    race.logged(
        "start " + V6,
        "start " + V4,
        "done " + V4 + " ok",
        "connected " + V4,
        "done " + V6 + " another address was connected first");
  }

  @Test
  void theFirstFamilyMayWinAfterTheOtherHasStarted() {
    Race race = new Race(traced, 0, 300, V6, V4);
    race.clock.advanceMillis(300);
    race.attempt(1).connects();

    assertThat(race.attempt(2).cancelled).isTrue();
    assertThat(race.log).contains("connected " + V6);
    race.loggedLast("done " + V4 + " another address was connected first");
  }

  @Test
  void aConnectionThatComesAfterTheRaceIsClosed() {
    Race race = new Race(traced, 0, 300, V6, V4);
    race.clock.advanceMillis(300);
    Channel winner = race.attempt(2).connects();
    List<String> logged = List.copyOf(race.log);
    Channel late = race.attempt(1).connects();

    assertThat(late.isOpen()).isFalse();
    assertThat(winner.isOpen()).isTrue();
    assertThat(race.log).isEqualTo(logged);
  }

  @Test
  void ifAllFailTheFirstErrorCountsAndKeepsTheOthers() {
    Race race = new Race(traced, 0, 300, V6, V4, V6B);
    race.clock.advanceMillis(300);
    race.attempt(2).fails("second");
    race.attempt(1).fails("first");
    assertThat(race.error).isNull();
    race.attempt(3).fails("third");

    assertThat(race.error).hasMessage("first");
    assertThat(race.error().getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("third", "second");
    race.loggedLast("failed first");
  }

  @Test
  void theTimeIsSharedOutOverTheAddressesLeft() {
    Race race = new Race(traced, 9_000, 300, V4, V4B, "10.0.0.3");
    race.clock.advanceMillis(2_999);
    assertThat(race.attempts).hasSize(1);
    race.clock.advanceMillis(1);
    assertThat(race.attempt(1).cancelled).isTrue();
    race.logged("start " + V4, "done " + V4 + " connect timed out", "start " + V4B);
    race.attempt(2).fails("refused at once");
    assertThat(race.attempts).hasSize(3);
    race.clock.advanceMillis(5_999);
    assertThat(race.error).as("the last one has all that is left").isNull();
    race.clock.advanceMillis(1);
    assertThat(race.error).isInstanceOf(SocketTimeoutException.class);
    assertThat(race.error().getSuppressed()).hasSize(2);
  }

  @Test
  void noAttemptGetsLessThanTwoSecondsIfThereAreAsMany() {
    assertThat(HappyEyeballs.share(SECONDS.toNanos(9), 3)).isEqualTo(SECONDS.toNanos(3));
    assertThat(HappyEyeballs.share(SECONDS.toNanos(5), 5)).isEqualTo(SECONDS.toNanos(2));
    assertThat(HappyEyeballs.share(SECONDS.toNanos(1), 5)).isEqualTo(SECONDS.toNanos(1));
    assertThat(HappyEyeballs.share(-1, 5)).isNegative();
  }

  @Test
  void addressesForWhichNoTimeIsLeftAreNotTried() {
    Race race = new Race(traced, 3_000, -1, V4, V4B, "10.0.0.3");
    race.clock.advanceMillis(2_000);
    race.clock.advanceMillis(1_000);

    assertThat(race.attempts).hasSize(2);
    race.loggedLast("failed connect timed out");
  }

  @Test
  void cancelDuringTheFirstAttempt() {
    Race race = new Race(traced, 0, 300, V6, V4);
    race.race.cancel(stop);
    race.clock.advanceMillis(300);

    assertThat(race.attempt(1).cancelled).isTrue();
    race.logged("start " + V6, "done " + V6 + " stop", "failed stop");
    assertThat(race.error).isSameAs(stop);
    assertThat(race.clock.timers()).isZero();
  }

  @Test
  void cancelWhileBothFamiliesAreTried() {
    Race race = new Race(traced, 0, 300, V6, V4);
    race.clock.advanceMillis(300);
    race.race.cancel(stop);

    race.logged(
        "start " + V6,
        "start " + V4,
        "done " + V6 + " stop",
        "done " + V4 + " stop",
        "failed stop");
    List<String> logged = List.copyOf(race.log);
    Channel late = race.attempt(1).connects();
    assertThat(late.isOpen()).isFalse();
    race.attempt(2).fails("late");
    assertThat(race.log).isEqualTo(logged);
  }

  @Test
  void cancelKeepsWhatHadFailedBefore() {
    SocketTimeoutException timeout = new SocketTimeoutException("connect timed out");
    Race race = new Race(traced, 0, 300, V4, V4B);
    race.attempt(1).fails("refused");
    race.race.cancel(timeout);

    assertThat(race.error).isSameAs(timeout);
    assertThat(race.error().getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("refused");
  }

  @Test
  void cancelAfterTheEndDoesNothing() {
    Race won = new Race(traced, 0, 300, V4);
    Channel channel = won.attempt(1).connects();
    won.race.cancel(stop);
    won.loggedLast("connected " + V4);
    assertThat(channel.isOpen()).isTrue();

    Race lost = new Race(traced, 0, 300, V4);
    lost.attempt(1).fails("refused");
    lost.race.cancel(stop);
    lost.loggedLast("failed refused");
  }
}
