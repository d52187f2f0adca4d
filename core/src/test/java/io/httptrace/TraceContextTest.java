package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.timeline.TraceRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a context carries. */
class TraceContextTest {
  private final List<String> calls = new ArrayList<>();
  private final ClientTrace a = named("a");
  private final ClientTrace b = named("b");
  private final ClientTrace c = named("c");

  private ClientTrace named(String name) {
    return ClientTrace.builder().wroteHeaders(() -> calls.add(name)).build();
  }

  private static TraceContext of(ClientTrace... oldestFirst) {
    TraceContext context = TraceContext.empty();
    for (ClientTrace trace : oldestFirst) {
      context = context.withClientTrace(trace);
    }
    return context;
  }

  private List<String> callsOf(TraceContext context) {
    calls.clear();
    Objects.requireNonNull(context.clientTrace()).wroteHeaders();
    return List.copyOf(calls);
  }

  /** A trace that makes a promise. */
  private static ClientTrace nonBlocking() {
    return new ClientTrace() {
      @Override
      public boolean nonBlocking() {
        return true;
      }
    };
  }

  @Test
  void theTracesOfAContextAreThoseItIsMadeOf() {
    ClientTrace composed = Objects.requireNonNull(of(a, b).clientTrace());

    assertThat(TraceContext.empty().clientTraces()).isEmpty();
    assertThat(of(a).clientTraces()).containsExactly(a);
    assertThat(of(c, composed, a).clientTraces()).containsExactly(a, b, c);
    assertThat(of(composed).clientTraces()).containsExactly(b, a);
  }

  @Test
  void aTraceMayBlockUnlessAllItsPartsPromiseNotTo() {
    ClientTrace recorder = new TraceRecorder();
    ClientTrace telling = TraceRecorder.builder().listener(event -> {}).build();

    assertThat(a.nonBlocking()).isFalse();
    assertThat(recorder.nonBlocking()).isTrue();
    assertThat(telling.nonBlocking()).isFalse();
    assertThat(of(recorder, nonBlocking()).clientTrace().nonBlocking()).isTrue();
    assertThat(of(recorder, nonBlocking(), a).clientTrace().nonBlocking()).isFalse();
    assertThat(of(a, recorder).clientTrace().nonBlocking()).isFalse();
  }

  @Test
  void theEmptyContextHasNoTrace() {
    assertThat(TraceContext.empty().clientTrace()).isNull();
  }

  @Test
  void aSingleTraceIsTheTraceItself() {
    assertThat(of(a).clientTrace()).isSameAs(a);
  }

  @Test
  void theNewestIsCalledFirst() {
    assertThat(callsOf(of(a, b, c))).containsExactly("c", "b", "a");
  }

  @Test
  void registeringChangesNeitherContextNorTrace() {
    TraceContext first = of(a);
    TraceContext left = first.withClientTrace(b);
    TraceContext right = first.withClientTrace(c);

    assertThat(callsOf(first)).containsExactly("a");
    assertThat(callsOf(left)).containsExactly("b", "a");
    assertThat(callsOf(right)).containsExactly("c", "a");
    assertThat(TraceContext.empty().clientTrace()).isNull();
  }

  @Test
  void aTraceRegisteredTwiceIsCalledOnceWhereItWasRegisteredLast() {
    assertThat(callsOf(of(a, a))).containsExactly("a");
    assertThat(callsOf(of(a, b, a))).containsExactly("a", "b");
  }

  @Test
  void theSameTraceInsideAComposedOneIsCalledOnce() {
    ClientTrace composed = Objects.requireNonNull(of(a, b).clientTrace());

    assertThat(callsOf(of(a, c, composed))).containsExactly("b", "a", "c");
    assertThat(callsOf(of(composed, a))).containsExactly("a", "b");
    assertThat(callsOf(of(composed, composed))).containsExactly("b", "a");
  }

  @Test
  void equalTracesThatAreNotTheSameAreBothCalled() {
    record Equal(List<String> calls) implements ClientTrace {
      @Override
      public void wroteHeaders() {
        calls.add("equal");
      }
    }

    assertThat(callsOf(of(new Equal(calls), new Equal(calls)))).containsExactly("equal", "equal");
  }

  @Test
  void threePlacesComposeInnermostFirst() {
    ClientTrace ofContext = Objects.requireNonNull(of(b).clientTrace());
    ClientTrace ofRequest = Objects.requireNonNull(of(b, c).clientTrace());

    assertThat(callsOf(of(a, ofContext, ofRequest))).containsExactly("c", "b", "a");
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void nullIsRefused() {
    assertThatThrownBy(() -> TraceContext.empty().withClientTrace(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("newer");
    assertThatThrownBy(() -> TraceContext.empty().run(null)).hasMessage("action");
    assertThatThrownBy(() -> TraceContext.empty().call(null)).hasMessage("action");
  }

  @Test
  void theExceptionOfAnActionIsThrownOnAsWhatItIs() {
    java.io.IOException thrown = new java.io.IOException("on purpose");

    assertThatThrownBy(() -> failing(thrown)).isSameAs(thrown);
    assertThat(TraceContext.current()).isSameAs(TraceContext.empty());
  }

  /** Compiles only if the compiler works out the type of what is thrown. */
  private static void failing(java.io.IOException thrown) throws java.io.IOException {
    TraceContext.empty()
        .run(
            () -> {
              throw thrown;
            });
  }
}
