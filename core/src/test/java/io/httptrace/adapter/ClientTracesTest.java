package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the traces of a call come from, and where its timeline goes. */
class ClientTracesTest {
  private final List<String> calls = new ArrayList<>();
  private final List<Timeline> timelines = new ArrayList<>();

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> calls.add(name + " " + hostPort)).build();
  }

  private static ClientTraces<String> traces() {
    return ClientTraces.create(ClientTracesTest.class);
  }

  private static void fire(CallHooks hooks) {
    requireNonNull(hooks).fire(Hook.GET_CONN, 1, 1, 0, trace -> trace.getConn("a:80"));
  }

  private static void roundTrip(CallHooks hooks) {
    RoundTripStartInfo start =
        RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", URI.create("http://a/"));
    RoundTripDoneInfo done = RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null);
    hooks.fire(Hook.ROUND_TRIP_START, 1, 1, 0, trace -> trace.roundTripStart(start));
    hooks.fire(Hook.ROUND_TRIP_DONE, 2, 1, 0, trace -> trace.roundTripDone(done));
  }

  @Test
  void ownTraceThenThatOfTheContextThenThatOfTheClient() {
    ClientTraces<String> traces = traces().clientTrace(request -> named("client of " + request));

    fire(traces.hooks("request", named("own"), named("context")));

    assertThat(calls).containsExactly("own a:80", "context a:80", "client of request a:80");
  }

  @Test
  void oneTraceIsCalledOnceWhereItComesFirst() {
    ClientTrace both = named("both");
    ClientTrace composed =
        requireNonNull(
            TraceContext.empty()
                .withClientTrace(named("inner"))
                .withClientTrace(both)
                .clientTrace());

    fire(traces().clientTrace(request -> both).hooks("request", named("own"), composed));

    assertThat(calls).containsExactly("own a:80", "both a:80", "inner a:80");
  }

  @Test
  void eachOfThemAloneIsEnough() {
    fire(traces().hooks("request", named("own"), null));
    fire(traces().hooks("request", null, named("context")));
    fire(traces().clientTrace(request -> named("client")).hooks("request", null, null));

    assertThat(calls).containsExactly("own a:80", "context a:80", "client a:80");
  }

  @Test
  void aCallThatNobodyListensToHasNoHooks() {
    assertThat(traces().hooks("request", null, null)).isNull();
    assertThat(traces().clientTrace(request -> null).hooks("request", null, null)).isNull();
  }

  @Test
  void aCallThatNobodyListensToAllocatesNothing() throws Exception {
    ClientTraces<String> traces = traces().clientTrace(request -> null);
    int callsOfARound = 1_000;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long before = allocated();
      for (int i = 0; i < callsOfARound; i++) {
        traces.hooks("request", null, null);
      }
      least = Math.min(least, allocated() - before);
    }

    // An object has at least 16 bytes. To ask what has been allocated takes a few objects, too.
    assertThat(least).isLessThan(16L * callsOfARound);
  }

  @Test
  void hooksWithArgumentsCostNoAllocation() throws Exception {
    CallHooks hooks =
        requireNonNull(traces().hooks("request", new ClientTrace() {}, new ClientTrace() {}));
    int callsOfARound = 1_000;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long before = allocated();
      for (int i = 0; i < callsOfARound; i++) {
        hooks.fire(
            Hook.WROTE_HEADER_FIELD, 1, 1, 0, "name", List.of(), ClientTrace::wroteHeaderField);
      }
      least = Math.min(least, allocated() - before);
    }

    assertThat(least).isLessThan(16L * callsOfARound);
  }

  /** How much this thread has allocated. Core does not require the module that tells it. */
  private static long allocated() throws Exception {
    Object bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method asked =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    return (long) asked.invoke(bean);
  }

  @Test
  void whatTheFunctionThrowsIsThrown() {
    ClientTraces<String> traces =
        traces()
            .clientTrace(
                request -> {
                  throw new IllegalStateException("no");
                });

    assertThatThrownBy(() -> traces.hooks("request", null, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
  }

  @Test
  void settingMakesACopy() {
    ClientTraces<String> plain = traces();
    ClientTraces<String> traced = plain.clientTrace(request -> named("first"));
    ClientTraces<String> other = traced.clientTrace(request -> named("second"));
    ClientTraces<String> recorded = other.onTimeline(timelines::add);

    assertThat(plain.hooks("request", null, null)).isNull();
    fire(traced.hooks("request", null, null));
    fire(other.hooks("request", null, null));
    fire(recorded.hooks("request", null, null));
    assertThat(calls).containsExactly("first a:80", "second a:80", "second a:80");
    assertThat(List.of(plain, traced, recorded))
        .hasToString(
            "[ClientTraces[], ClientTraces[clientTrace], ClientTraces[clientTrace onTimeline]]");
  }

  // ---- Timelines

  @Test
  void theTimelineOfACallComesWhenItHasEndedOnce() {
    ClientTraces<String> traces = traces().onTimeline(timelines::add);
    CallHooks one = requireNonNull(traces.hooks("one", null, null));
    CallHooks other = requireNonNull(traces.hooks("other", null, null));

    roundTrip(one);
    roundTrip(other);
    assertThat(timelines).isEmpty();
    one.end();
    one.end();
    assertThat(timelines).hasSize(1);
    other.end();

    assertThat(timelines).hasSize(2).allMatch(Timeline::ended);
    assertThat(timelines)
        .allSatisfy(timeline -> assertThat(timeline.roundTrips()).hasSize(1))
        .allSatisfy(timeline -> assertThat(timeline.events()).hasSize(2));
  }

  @Test
  void theRecorderIsCalledLast() {
    ClientTraces<String> traces = traces().onTimeline(timelines::add);
    ClientTrace ending =
        ClientTrace.builder()
            .getConn(
                hostPort -> {
                  calls.add("own");
                })
            .build();
    CallHooks hooks = requireNonNull(traces.hooks("one", ending, null));
    hooks.fire(
        Hook.GET_CONN,
        1,
        1,
        0,
        trace -> {
          trace.getConn("a:80");
          calls.add(trace == ending ? "own called" : "recorder called");
        });

    assertThat(calls).containsExactly("own", "own called", "recorder called");
  }

  @Test
  void aCallWithoutAConsumerHasNoTimeline() {
    CallHooks hooks = requireNonNull(traces().hooks("one", named("own"), null));

    hooks.end();

    assertThat(timelines).isEmpty();
  }

  @Test
  void theFirstExceptionOfAConsumerIsLogged() {
    CapturedLog logged = new CapturedLog();
    ClientTraces<String> traces =
        ClientTraces.<String>create(logged.log())
            .onTimeline(
                timeline -> {
                  throw new LinkageError("no");
                });

    for (int call = 0; call < 3; call++) {
      requireNonNull(traces.hooks("one", null, null)).end();
    }

    assertThat(logged.lines())
        .singleElement()
        .asString()
        .startsWith("WARNING the consumer of timelines " + ClientTracesTest.class.getName())
        .endsWith(" threw; logged once only: java.lang.LinkageError: no");
  }
}
