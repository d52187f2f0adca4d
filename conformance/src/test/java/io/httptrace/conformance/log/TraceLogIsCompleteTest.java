package io.httptrace.conformance.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A hook that is added must be recorded. */
final class TraceLogIsCompleteTest {
  private static boolean isHook(Method method) {
    return method.isDefault() && method.getReturnType() == void.class;
  }

  @Test
  void everyHookIsRecorded() {
    Set<String> recorded = new TreeSet<>();
    for (Method method : RecordingTrace.class.getDeclaredMethods()) {
      recorded.add(method.getName());
    }
    for (Method hook : ClientTrace.class.getDeclaredMethods()) {
      if (isHook(hook)) {
        assertThat(recorded).contains(hook.getName());
      }
    }
  }
}
