package io.httptrace.client.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.netty.ReadTime;
import org.junit.jupiter.api.Test;

/** What has been read happened when it was there, but not before what it answers. */
class EventTimesTest {
  private final ReadTime read = new ReadTime();
  private final EventTimes times =
      EventTimes.of(RequestTrace.of(RequestTrace.ofCall(new ClientTrace() {}), 1), read);

  private void readThatWasReadyAt(long nanoTime) {
    read.ready(nanoTime);
    read.begin();
    read.hasRead();
  }

  @Test
  void anAnswerHasTheTimeAtWhichItWasThereToBeRead() {
    times.begin(System.nanoTime());
    long written = times.now();
    long there = System.nanoTime();
    readThatWasReadyAt(there);

    assertThat(times.ofRead()).isEqualTo(there).isGreaterThanOrEqualTo(written);
    assertThat(times.now()).isGreaterThanOrEqualTo(there);
  }

  @Test
  void itIsNotEarlierThanTheRequest() {
    long before = System.nanoTime();
    times.begin(before);
    long written = times.now() + 1;
    while (times.now() < written) {
      Thread.onSpinWait();
    }
    written = times.now();
    readThatWasReadyAt(before);

    assertThat(times.ofRead()).isEqualTo(written);
  }

  @Test
  void anAnswerThatIsThereBeforeAnythingOfTheRequestIsWrittenIsNotEarlierThanTheExchange() {
    long begun = System.nanoTime();
    times.begin(begun);
    readThatWasReadyAt(begun - 1);

    assertThat(times.ofRead()).isEqualTo(begun);
  }

  @Test
  void whatIsToldOutsideOfAReadHappensNow() {
    times.begin(System.nanoTime());
    readThatWasReadyAt(System.nanoTime());
    read.end();
    long before = System.nanoTime();

    assertThat(times.ofRead()).isBetween(before, System.nanoTime());
  }

  @Test
  void afterItsEndTheTimeOfReadsIsNotWanted() {
    times.begin(System.nanoTime());
    times.end();
    readThatWasReadyAt(System.nanoTime());

    assertThat(read.nanoTime()).isZero();
  }

  @Test
  void anExchangeThatEndsBeforeItHasBegunChangesNothing() {
    times.end();
    times.begin(System.nanoTime());
    readThatWasReadyAt(System.nanoTime());

    assertThat(read.nanoTime()).isNotZero();
  }

  @Test
  void withoutATraceNoClockIsRead() {
    EventTimes untraced = EventTimes.of(RequestTrace.NONE, read);
    untraced.begin(0);
    readThatWasReadyAt(System.nanoTime());

    assertThat(read.nanoTime()).isZero();
    assertThat(untraced.now()).isZero();
    assertThat(untraced.ofRead()).isZero();
  }

  @Test
  void anExchangeWithoutATraceHasNoObjectOfItsOwn() {
    assertThat(EventTimes.of(RequestTrace.NONE, read))
        .isSameAs(EventTimes.of(RequestTrace.NONE, new ReadTime()));
  }
}
