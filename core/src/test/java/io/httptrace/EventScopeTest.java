package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
}
