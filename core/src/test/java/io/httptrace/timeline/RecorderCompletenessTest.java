package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.httptrace.EventStamp;
import io.httptrace.Hook;
import io.httptrace.Hooks;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recorder does with a hook is written by hand for each; none is forgotten. */
class RecorderCompletenessTest {

  static List<Method> hooks() {
    return Hooks.all();
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theRecorderKeepsTheCallAndReplaysIt(Method hook) throws Throwable {
    TraceRecorder recorder = new TraceRecorder();
    EventStamp stamp = EventStamp.of(System.nanoTime(), 4, 7);
    stamp.run(
        () ->
            assertThatCode(() -> Hooks.call(recorder, hook, Hooks.arguments(hook)))
                .doesNotThrowAnyException());

    List<TraceEvent> events = recorder.timeline().events();
    assertThat(events)
        .extracting(TraceEvent::hook)
        .extracting(Hook::methodName)
        .containsExactly(hook.getName());
    assertThat(events.get(0).roundTrip()).hasValue(4);
    assertThat(events.get(0).connectionId()).hasValue(7);
    List<String> calls = new ArrayList<>();
    List<EventStamp> stamps = new ArrayList<>();
    events
        .get(0)
        .replay(
            Hooks.telling(
                (called, arguments) -> {
                  calls.add(Hooks.text(called, arguments));
                  stamps.add(EventStamp.current());
                }));
    assertThat(calls).containsExactly(Hooks.text(hook, Hooks.arguments(hook)));
    assertThat(stamps).containsExactly(stamp);
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void everyReaderOfEventsKnowsTheHook(Method hook) {
    for (Class<?> reader : List.of(TraceRecorder.class, EventPairing.class, EventArguments.class)) {
      assertThatCode(() -> reader.getDeclaredMethod(hook.getName(), hook.getParameterTypes()))
          .as("%s of %s", hook.getName(), reader.getSimpleName())
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void theTextHasTheArguments(Method hook) throws Throwable {
    TraceRecorder recorder = new TraceRecorder();
    Hooks.call(recorder, hook, Hooks.arguments(hook));

    String text = recorder.timeline().events().get(0).arguments(Redaction.MASK_SECRETS);
    if (hook.getParameterCount() == 0) {
      assertThat(text).isEmpty();
    } else if (!hook.getName().equals("wroteRequest")) {
      assertThat(text).isNotBlank();
    }
  }
}
