package io.httptrace.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When what is read was there: as early as that was seen, and never what was seen before. */
class ReadTimeTest {
  private final ReadTime time = new ReadTime();
  private final long start = System.nanoTime();

  @Test
  void theFirstReadHasTheTimeAtWhichTheSocketWasReadyAndTheNextItsOwn() {
    time.wanted();
    time.ready(start);
    time.begin();
    assertThat(time.nanoTime()).isZero();

    time.hasRead();
    assertThat(time.nanoTime()).isEqualTo(start);

    long between = System.nanoTime();
    time.hasRead();
    assertThat(time.nanoTime()).isBetween(between, System.nanoTime());
  }

  @Test
  void itIsNotKnownOutsideOfReads() {
    time.wanted();
    time.ready(start);
    time.begin();
    time.hasRead();
    time.end();

    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void whatWasSeenBeforeIsNotTakenForWhatIsReadNow() {
    time.wanted();
    time.ready(start);
    time.begin();
    time.end();

    long between = System.nanoTime();
    time.begin();
    time.hasRead();
    assertThat(time.nanoTime()).isBetween(between, System.nanoTime());
  }

  @Test
  void nobodyWantsToKnow() {
    time.ready(start);
    time.begin();
    time.hasRead();

    assertThat(time.isWanted()).isFalse();
    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void oneOfTwoStillWantsToKnow() {
    time.wanted();
    time.wanted();
    time.unwanted();
    assertThat(time.isWanted()).isTrue();

    time.unwanted();
    assertThat(time.isWanted()).isFalse();
  }
}
