package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.Hook;
import io.httptrace.Hooks;
import io.httptrace.TraceContext;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the hooks of a call are called. */
class CallHooksTest {
  private final List<String> calls = new ArrayList<>();
  private CapturedLog logged = new CapturedLog();

  static List<Method> hooks() {
    return Hooks.all();
  }

  private static Hook named(Method method) {
    for (Hook hook : Hook.values()) {
      if (hook.methodName().equals(method.getName())) {
        return hook;
      }
    }
    throw new AssertionError(method);
  }

  private CallHooks of(ClientTrace... newestFirst) {
    TraceContext context = TraceContext.empty();
    for (int i = newestFirst.length - 1; i >= 0; i--) {
      context = context.withClientTrace(newestFirst[i]);
    }
    return requireNonNull(
        ClientTraces.create(logged.log()).hooks("call", context.clientTrace(), null));
  }

  private static void fire(CallHooks hooks, Method hook) {
    hooks.fire(
        named(hook),
        1,
        1,
        0,
        trace -> {
          try {
            Hooks.call(trace, hook, Hooks.arguments(hook));
          } catch (IOException | RuntimeException | Error thrown) {
            throw thrown;
          } catch (Throwable other) {
            throw new AssertionError(other);
          }
        });
  }

  private ClientTrace throwing(String name, Throwable thrown) {
    return Hooks.telling(
        (hook, arguments) -> {
          calls.add(name + "." + Hooks.text(hook, arguments));
          CallHooksTest.<RuntimeException>sneak(thrown);
        });
  }

  @SuppressWarnings("unchecked") // A hook may throw what it must not declare.
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  // ---- The stamp

  @Test
  void eachTraceFindsTheStampOfTheEvent() {
    List<EventStamp> stamps = new ArrayList<>();
    ClientTrace first = ClientTrace.builder().wroteHeaders(() -> add(stamps)).build();
    ClientTrace second = ClientTrace.builder().wroteHeaders(() -> add(stamps)).build();
    CallHooks hooks = of(first, second);

    hooks.fire(Hook.WROTE_HEADERS, 17, 2, 5, ClientTrace::wroteHeaders);

    EventStamp expected = EventStamp.of(17, 2, 5).withRequestId(hooks.requestId());
    assertThat(stamps).containsExactly(expected, expected);
    assertThatThrownBy(EventStamp::exit).isInstanceOf(IllegalStateException.class);
  }

  private static void add(List<EventStamp> stamps) {
    stamps.add(EventStamp.current());
  }

  @Test
  void eachCallHasANumberOfItsOwn() {
    ClientTrace trace = ClientTrace.builder().build();

    assertThat(of(trace).requestId()).isPositive().isNotEqualTo(of(trace).requestId());
  }

  // ---- What hooks throw

  @ParameterizedTest
  @MethodSource("hooks")
  void aHookThatThrowsIsLoggedAndTheOthersAreCalled(Method hook) {
    ClientTrace faulty = throwing("faulty", new StackOverflowError());

    fire(of(faulty, Hooks.listing("other", calls)), hook);

    assertThat(calls).containsExactlyElementsOf(Hooks.calls(hook, "faulty", "other"));
    assertThat(logged.lines())
        .containsExactly(
            "WARNING hook "
                + hook.getName()
                + " of "
                + faulty.getClass().getName()
                + " threw; logged once only: java.lang.StackOverflowError");
    assertThatThrownBy(EventStamp::exit).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itIsLoggedOnceForEachHookOfATraceInAllCalls() {
    ClientTrace faulty = throwing("faulty", new IllegalStateException("no"));
    ClientTrace faultyToo = throwing("faulty too", new UnsupportedOperationException("no"));
    for (int call = 0; call < 3; call++) {
      // A trace of this call alone, composed with those of all calls.
      CallHooks hooks = of(Hooks.listing("own", new ArrayList<>()), faulty, faultyToo);
      hooks.fire(Hook.WROTE_HEADERS, 1, 1, 0, ClientTrace::wroteHeaders);
      hooks.fire(Hook.WROTE_HEADERS, 2, 1, 0, ClientTrace::wroteHeaders);
      hooks.fire(Hook.WAIT_100_CONTINUE, 3, 1, 0, ClientTrace::wait100Continue);
    }
    CapturedLog first = logged;
    logged = new CapturedLog();
    of(faulty).fire(Hook.WROTE_HEADERS, 1, 1, 0, ClientTrace::wroteHeaders);

    String thrower = " of " + faulty.getClass().getName() + " threw; logged once only: ";
    assertThat(first.lines())
        .containsExactly(
            "WARNING hook wroteHeaders" + thrower + "java.lang.IllegalStateException: no",
            "WARNING hook wroteHeaders" + thrower + "java.lang.UnsupportedOperationException: no",
            "WARNING hook wait100Continue" + thrower + "java.lang.IllegalStateException: no",
            "WARNING hook wait100Continue"
                + thrower
                + "java.lang.UnsupportedOperationException: no");
    assertThat(logged.lines()).as("that of another adapter").isEmpty();
    assertThat(calls).hasSize(3 * 3 * 2 + 1);
  }

  @Test
  void aLogThatThrowsHarmsNothing() {
    logged = new CapturedLog(true);
    ClientTrace faulty = throwing("faulty", new IllegalStateException("no"));
    CallHooks hooks = of(faulty, Hooks.listing("other", calls));

    hooks.fire(Hook.WROTE_HEADERS, 1, 1, 0, ClientTrace::wroteHeaders);

    assertThat(calls).containsExactly("faulty.wroteHeaders[]", "other.wroteHeaders[]");
    assertThat(logged.lines()).hasSize(1);
  }

  @Test
  void aTraceThatThrowsIsNotKeptFromBeingCollected() {
    ReferenceQueue<ClientTrace> collected = new ReferenceQueue<ClientTrace>();
    PhantomReference<ClientTrace> reference = new PhantomReference<>(fireThrowing(), collected);

    while (collected.poll() != reference) {
      System.gc();
      Thread.onSpinWait();
    }

    assertThat(logged.lines()).hasSize(1);
  }

  private ClientTrace fireThrowing() {
    ClientTrace faulty =
        new ClientTrace() {
          @Override
          public void wroteHeaders() {
            throw new IllegalStateException("no");
          }
        };
    of(faulty).fire(Hook.WROTE_HEADERS, 1, 1, 0, ClientTrace::wroteHeaders);
    return faulty;
  }

  // ---- The veto

  private static void fire1xx(CallHooks hooks) throws IOException {
    hooks.fireOrThrow(1, 1, 0, trace -> trace.got1xxResponse(103, Map.of()));
  }

  @Test
  void aVetoIsThrownWhenAllTracesHaveBeenCalled() {
    IOException veto = new IOException("veto");
    Exception second = new IllegalStateException("second");
    CallHooks hooks =
        of(
            Hooks.listing("1", calls),
            throwing("2", veto),
            throwing("3", second),
            throwing("4", veto),
            Hooks.listing("5", calls));

    assertThatThrownBy(() -> fire1xx(hooks)).isSameAs(veto);

    assertThat(veto).hasSuppressedException(second);
    assertThat(veto.getSuppressed()).hasSize(1);
    assertThat(calls).extracting(call -> call.charAt(0)).containsExactly('1', '2', '3', '4', '5');
    assertThat(logged.lines()).isEmpty();
    assertThatThrownBy(EventStamp::exit).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aVetoMayBeUnchecked() {
    Error veto = new AssertionError("veto");

    assertThatThrownBy(() -> fire1xx(of(throwing("1", veto)))).isSameAs(veto);
  }

  @Test
  void withoutAVetoNothingIsThrown() throws IOException {
    fire1xx(of(Hooks.listing("1", calls)));

    assertThat(calls).hasSize(1);
  }

  // ---- The promise not to block

  private static ClientTrace promising(boolean nonBlocking) {
    return new ClientTrace() {
      @Override
      public boolean nonBlocking() {
        return nonBlocking;
      }
    };
  }

  @Test
  void hooksAreNonBlockingIfAllTracesPromiseIt() {
    ClientTrace faulty =
        new ClientTrace() {
          @Override
          public boolean nonBlocking() {
            throw new IllegalStateException("no");
          }
        };

    assertThat(of(promising(true), promising(true)).nonBlocking()).isTrue();
    assertThat(of(promising(true), promising(false)).nonBlocking()).isFalse();
    assertThat(of(promising(true), faulty).nonBlocking()).isFalse();
  }
}
