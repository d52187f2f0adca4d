package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hook that throws does not keep the other traces from being called. */
class ComposedTraceTest {
  private final List<String> calls = new ArrayList<>();

  static List<Method> hooks() {
    return Hooks.all();
  }

  private ClientTrace throwing(String name, RuntimeException exception) {
    return Hooks.telling(
        (hook, arguments) -> {
          calls.add(name + "." + Hooks.text(hook, arguments));
          throw exception;
        });
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theOlderIsCalledWhenTheNewerThrows(Method hook) {
    RuntimeException thrown = new IllegalStateException("newer");
    ClientTrace composed =
        ComposedTrace.compose(throwing("newer", thrown), Hooks.listing("older", calls));

    assertThatThrownBy(() -> Hooks.call(composed, hook, Hooks.arguments(hook))).isSameAs(thrown);
    assertThat(calls).containsExactlyElementsOf(Hooks.calls(hook, "newer", "older"));
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theFirstThrowableIsThrownAndTheOthersAreSuppressed(Method hook) {
    RuntimeException first = new IllegalStateException("first");
    RuntimeException second = new IllegalStateException("second");
    RuntimeException third = new IllegalStateException("third");
    ClientTrace composed =
        ComposedTrace.compose(
            throwing("1", first),
            ComposedTrace.compose(throwing("2", second), throwing("3", third)));

    assertThatThrownBy(() -> Hooks.call(composed, hook, Hooks.arguments(hook))).isSameAs(first);
    assertThat(first).hasSuppressedException(second);
    assertThat(second).hasSuppressedException(third);
    assertThat(calls).containsExactlyElementsOf(Hooks.calls(hook, "1", "2", "3"));
  }

  @Test
  void oneExceptionThrownByBothIsThrownOnce() {
    RuntimeException same = new IllegalStateException("same");
    ClientTrace composed = ComposedTrace.compose(throwing("1", same), throwing("2", same));

    assertThatThrownBy(composed::wroteHeaders).isSameAs(same).hasNoSuppressedExceptions();
  }

  @Test
  void eitherSideMayAbortAnInformationalResponse() {
    IOException veto = new IOException("veto");
    ClientTrace vetoing =
        ClientTrace.builder()
            .got1xxResponse(
                (code, header) -> {
                  calls.add("vetoing");
                  throw veto;
                })
            .build();
    ClientTrace content =
        ClientTrace.builder().got1xxResponse((code, header) -> calls.add("content")).build();

    assertThatThrownBy(() -> ComposedTrace.compose(vetoing, content).got1xxResponse(103, Map.of()))
        .isSameAs(veto);
    assertThatThrownBy(() -> ComposedTrace.compose(content, vetoing).got1xxResponse(103, Map.of()))
        .isSameAs(veto);
    assertThat(calls).containsExactly("vetoing", "content", "content", "vetoing");
  }
}
