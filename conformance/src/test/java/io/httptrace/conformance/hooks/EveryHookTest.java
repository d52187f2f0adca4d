package io.httptrace.conformance.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A trace that does the same in every hook. */
final class EveryHookTest {

  @Test
  void theActionIsDoneInEachHook() throws IOException {
    List<String> called = new ArrayList<>();
    ClientTrace trace = EveryHook.of(called::add);

    List<String> expected = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      if (hook != Hook.PROXY_CONNECT_DONE) {
        expected.add(hook.methodName());
        Object[] arguments = new Object[hook.parameterCount()];
        if (hook == Hook.GOT_1XX_RESPONSE) {
          arguments = new Object[] {103, Map.of()};
        }
        hook.call(trace, arguments);
      }
    }
    trace.proxyConnectDone(200, null);
    expected.add("proxyConnectDone");

    assertThat(called).isEqualTo(expected);
  }

  @Test
  void whatTheActionThrowsTheHookThrows() {
    ClientTrace trace =
        EveryHook.of(
            hook -> {
              throw hook.equals("got1xxResponse")
                  ? new IOException("veto")
                  : new IllegalStateException(hook);
            });

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(trace::wroteHeaders)
        .withMessage("wroteHeaders");
    assertThatIOException()
        .isThrownBy(() -> trace.got1xxResponse(103, Map.of()))
        .withMessage("veto");
  }

  @Test
  void itIsEqualToItselfOnlyAndMayBlock() {
    List<String> called = new ArrayList<>();
    ClientTrace one = EveryHook.of(called::add);
    ClientTrace other = EveryHook.of(called::add);

    assertThat(Set.of(one, other)).contains(one, other);
    assertThat(one).isNotEqualTo(other).hasToString("trace of one action");
    assertThat(one.nonBlocking()).isFalse();
    assertThat(called).isEmpty();
  }
}
