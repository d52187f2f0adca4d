package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which context is current, and until when. */
class ScopeTest {
  private final TraceContext outer = TraceContext.empty().withClientTrace(new ClientTrace() {});
  private final TraceContext inner = outer.withClientTrace(new ClientTrace() {});

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(TraceContext.current()).isSameAs(TraceContext.empty());
  }

  @Test
  void aContextIsCurrentUntilItsScopeIsClosed() {
    Scope first = outer.attach();
    assertThat(TraceContext.current()).isSameAs(outer);
    Scope second = inner.attach();
    assertThat(TraceContext.current()).isSameAs(inner);
    second.close();
    assertThat(TraceContext.current()).isSameAs(outer);
    first.close();
  }

  @Test
  void theEmptyContextHidesTheOuterOne() {
    outer.run(
        () ->
            TraceContext.empty()
                .run(() -> assertThat(TraceContext.current().clientTrace()).isNull()));
  }

  @Test
  void closingTwiceDoesNothing() {
    Scope first = outer.attach();
    Scope second = inner.attach();
    second.close();
    second.close();
    assertThat(TraceContext.current()).isSameAs(outer);
    first.close();
    Scope third = inner.attach();
    first.close();
    second.close();
    assertThat(TraceContext.current()).isSameAs(inner);
    third.close();
  }

  @Test
  void closingOutOfTurnBringsNoClosedContextBack() {
    Scope first = outer.attach();
    Scope second = inner.attach();
    first.close();
    assertThat(TraceContext.current()).isSameAs(inner);
    second.close();
    assertThat(TraceContext.current()).isSameAs(TraceContext.empty());
  }

  @Test
  void closingOnAnotherThreadDoesNothing() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Scope here = outer.attach();
      TraceContext there =
          CompletableFuture.supplyAsync(
                  () -> {
                    Scope own = inner.attach();
                    here.close();
                    TraceContext current = TraceContext.current();
                    own.close();
                    return current;
                  },
                  executor)
              .join();
      assertThat(there).isSameAs(inner);
      assertThat(TraceContext.current()).isSameAs(outer);
      here.close();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void runAndCallRestoreWhatWasCurrent() throws Exception {
    outer.run(() -> assertThat(TraceContext.current()).isSameAs(outer));
    assertThat(outer.call(TraceContext::current)).isSameAs(outer);
  }

  @Test
  void runAndCallRestoreAfterAnException() {
    RuntimeException thrown = new IllegalStateException("thrown");
    assertThatThrownBy(
            () ->
                outer.run(
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThatThrownBy(
            () ->
                outer.call(
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
  }
}
