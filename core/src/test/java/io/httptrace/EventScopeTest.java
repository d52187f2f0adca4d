package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

/** What a hook is told beside its arguments. */
class EventScopeTest {

  @Test
  void insideAHookTheScopeIsTheClients() throws IOException {
    EventScope scope = EventScope.of(42, 2, 7);
    scope.run(() -> assertThat(EventScope.current()).isSameAs(scope));
  }

  @Test
  void outsideOfAHookItIsThisMomentAndNothingElse() {
    long before = System.nanoTime();
    EventScope scope = EventScope.current();
    long after = System.nanoTime();

    assertThat(scope.nanoTime() - before).isNotNegative();
    assertThat(after - scope.nanoTime()).isNotNegative();
    assertThat(scope.roundTrip()).isZero();
    assertThat(scope.connectionId()).isZero();
  }

  @Test
  void scopesNest() throws IOException {
    EventScope outer = EventScope.of(1, 1, 1);
    EventScope inner = EventScope.of(2, 1, 2);
    outer.run(
        () -> {
          inner.run(() -> assertThat(EventScope.current()).isSameAs(inner));
          assertThat(EventScope.current()).isSameAs(outer);
        });
    assertThat(EventScope.current()).isNotSameAs(outer);
  }

  @Test
  void theScopeEndsWhenTheHookThrows() {
    EventScope scope = EventScope.of(1, 1, 1);
    IOException thrown = new IOException("thrown");
    assertThatThrownBy(
            () ->
                scope.run(
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(EventScope.current()).isNotSameAs(scope);
  }

  @Test
  void aScopeThatIsEnteredIsCurrentUntilItIsLeft() {
    EventScope.enter(42, 2, 7);
    try {
      assertThat(EventScope.currentNanoTime()).isEqualTo(42);
      assertThat(EventScope.currentRoundTrip()).isEqualTo(2);
      assertThat(EventScope.currentConnectionId()).isEqualTo(7);
      EventScope scope = EventScope.current();
      assertThat(scope).hasToString("EventScope[nanoTime=42 roundTrip=2 connectionId=7]");
      assertThat(EventScope.current()).isSameAs(scope);
    } finally {
      EventScope.exit();
    }
    assertThat(EventScope.currentRoundTrip()).isZero();
    assertThat(EventScope.currentConnectionId()).isZero();
    assertThat(EventScope.current().roundTrip()).isZero();
  }

  @Test
  void scopesNestToAnyDepth() {
    for (int depth = 1; depth <= 20; depth++) {
      EventScope.enter(depth * 100L, depth, depth * 10L);
    }
    for (int depth = 20; depth >= 1; depth--) {
      assertThat(EventScope.current())
          .hasToString(EventScope.of(depth * 100L, depth, depth * 10L).toString());
      EventScope.exit();
    }
    assertThat(EventScope.currentConnectionId()).isZero();
  }

  @Test
  void aScopeThatWasNotEnteredCannotBeLeft() {
    assertThatThrownBy(EventScope::exit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no scope has been entered on this thread");
  }

  @Test
  void outsideOfAScopeTheTimeIsThisMoment() {
    long before = System.nanoTime();
    long time = EventScope.currentNanoTime();
    assertThat(time - before).isNotNegative();
    assertThat(System.nanoTime() - time).isNotNegative();
  }

  /** A thread of the caller's may outlive the class loader of this library. */
  @Test
  void aThreadKeepsNoClassOfThisLibraryOnceAllScopesAreLeft() throws Exception {
    EventScope.enter(1, 1, 1);
    EventScope.of(2, 1, 2).run(EventScope::current);
    EventScope.current();
    EventScope.exit();

    Field field = OpenScopes.class.getDeclaredField("OF_THREAD");
    field.setAccessible(true);
    ThreadLocal<?> ofThread = (ThreadLocal<?>) field.get(null);
    assertThat(ofThread.getClass()).isEqualTo(ThreadLocal.class);
    assertThat((Object[]) ofThread.get())
        .allSatisfy(kept -> assertThat(kept == null || kept instanceof long[]).isTrue());
  }

  @Test
  void scopesAreValues() {
    assertThat(EventScope.of(1, 2, 3)).isEqualTo(EventScope.of(1, 2, 3));
    assertThat(EventScope.of(1, 2, 3)).hasSameHashCodeAs(EventScope.of(1, 2, 3));
    assertThat(EventScope.of(1, 2, 3))
        .isNotEqualTo(EventScope.of(0, 2, 3))
        .isNotEqualTo(EventScope.of(1, 0, 3))
        .isNotEqualTo(EventScope.of(1, 2, 0));
  }
}
