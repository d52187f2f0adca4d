package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hook is told beside its arguments. */
class EventStampTest {

  @Test
  void insideAHookTheStampIsTheClients() throws IOException {
    EventStamp stamp = EventStamp.of(42, 2, 7);
    stamp.run(() -> assertThat(EventStamp.current()).isSameAs(stamp));
  }

  @Test
  void outsideOfAHookItIsThisMomentAndNothingElse() {
    long before = System.nanoTime();
    EventStamp stamp = EventStamp.current();
    long after = System.nanoTime();

    assertThat(stamp.nanoTime() - before).isNotNegative();
    assertThat(after - stamp.nanoTime()).isNotNegative();
    assertThat(stamp.roundTrip()).isZero();
    assertThat(stamp.connectionId()).isZero();
  }

  @Test
  void stampsNest() throws IOException {
    EventStamp outer = EventStamp.of(1, 1, 1);
    EventStamp inner = EventStamp.of(2, 1, 2);
    outer.run(
        () -> {
          inner.run(() -> assertThat(EventStamp.current()).isSameAs(inner));
          assertThat(EventStamp.current()).isSameAs(outer);
        });
    assertThat(EventStamp.current()).isNotSameAs(outer);
  }

  @Test
  void theStampEndsWhenTheHookThrows() {
    EventStamp stamp = EventStamp.of(1, 1, 1);
    IOException thrown = new IOException("thrown");
    assertThatThrownBy(
            () ->
                stamp.run(
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(EventStamp.current()).isNotSameAs(stamp);
  }

  private static List<Long> values() {
    List<Long> values = new ArrayList<>();
    EventStamp.readCurrent(
        (nanoTime, requestId, roundTrip, connectionId) ->
            Collections.addAll(values, nanoTime, requestId, (long) roundTrip, connectionId));
    return values;
  }

  @Test
  void theValuesOfAStampCanBeReadWithoutIt() throws IOException {
    EventStamp stamp = EventStamp.of(42, 2, 7).withRequestId(9);
    stamp.run(() -> assertThat(values()).containsExactly(42L, 9L, 2L, 7L));
  }

  @Test
  void aStampThatIsEnteredIsCurrentUntilItIsLeft() {
    EventStamp.enter(42, 2, 7);
    try {
      assertThat(EventStamp.currentNanoTime()).isEqualTo(42);
      assertThat(values()).containsExactly(42L, 0L, 2L, 7L);
      EventStamp stamp = EventStamp.current();
      assertThat(stamp).hasToString("EventStamp[nanoTime=42 roundTrip=2 connectionId=7]");
      assertThat(EventStamp.current()).isSameAs(stamp);
    } finally {
      EventStamp.exit();
    }
    assertThat(values()).endsWith(0L, 0L, 0L);
    assertThat(EventStamp.current().roundTrip()).isZero();
  }

  @Test
  void stampsNestToAnyDepth() {
    for (int depth = 1; depth <= 20; depth++) {
      EventStamp.enter(depth * 100L, depth, depth * 10L);
    }
    for (int depth = 20; depth >= 1; depth--) {
      assertThat(EventStamp.current())
          .hasToString(EventStamp.of(depth * 100L, depth, depth * 10L).toString());
      EventStamp.exit();
    }
    assertThat(values()).endsWith(0L, 0L, 0L);
  }

  @Test
  void aStampThatWasNotEnteredCannotBeLeft() {
    assertThatThrownBy(EventStamp::exit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no stamp has been entered on this thread");
  }

  @Test
  void outsideOfAStampTheTimeIsThisMoment() {
    long before = System.nanoTime();
    long time = EventStamp.currentNanoTime();
    assertThat(time - before).isNotNegative();
    assertThat(System.nanoTime() - time).isNotNegative();
  }

  /** A thread of the caller's may outlive the class loader of this library. */
  @Test
  void aThreadKeepsNoClassOfThisLibraryOnceAllStampsAreLeft() throws Exception {
    EventStamp.enter(1, 1, 1);
    EventStamp.of(2, 1, 2).run(EventStamp::current);
    EventStamp.current();
    EventStamp.exit();

    Field field = StampStack.class.getDeclaredField("OF_THREAD");
    field.setAccessible(true);
    ThreadLocal<?> ofThread = (ThreadLocal<?>) field.get(null);
    assertThat(ofThread.getClass()).isEqualTo(ThreadLocal.class);
    assertThat((Object[]) ofThread.get())
        .allSatisfy(kept -> assertThat(kept == null || kept instanceof long[]).isTrue());
  }

  @Test
  void stampsAreValues() {
    assertThat(EventStamp.of(1, 2, 3)).isEqualTo(EventStamp.of(1, 2, 3));
    assertThat(EventStamp.of(1, 2, 3)).hasSameHashCodeAs(EventStamp.of(1, 2, 3));
    assertThat(EventStamp.of(1, 2, 3))
        .isNotEqualTo(EventStamp.of(0, 2, 3))
        .isNotEqualTo(EventStamp.of(1, 0, 3))
        .isNotEqualTo(EventStamp.of(1, 2, 0));
  }
}
