package io.httptrace.conformance.run;

import static io.httptrace.RoundTripOutcome.CANCELLED;
import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.RoundTripOutcome.TIMED_OUT;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.RoundTripOutcome;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.log.TraceLog;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a recorder makes of the events, in every scenario: each request has one timeline, it
 * is closed, and if the request failed it names the phase. It may do without if the client cannot
 * observe the phase in which the request failed in the recording, or if that had not begun one.
 */
final class Timelines {
  private static final Set<RoundTripOutcome> FAILURES = EnumSet.of(FAILED, TIMED_OUT, CANCELLED);

  private Timelines() {}

  static List<String> faults(GoldenRecording recording, HookSupport support, TraceLog log) {
    List<String> faults = new ArrayList<>();
    if (support.level(Hook.ROUND_TRIP_START) == Level.NEVER
        || support.level(Hook.ROUND_TRIP_DONE) == Level.NEVER) {
      return faults;
    }
    log.timelines()
        .forEach(
            (trace, timelines) -> {
              String fault =
                  hasFailed(trace, log)
                      ? faultOfFailed(timelines, phaseOfFailure(recording, trace))
                      : fault(timelines);
              if (fault == null && hasSucceeded(trace, log) && saysFailed(timelines.get(0))) {
                fault = "says that a request has failed that has not";
              }
              if (fault != null) {
                faults.add("timeline of " + trace + " " + fault + ": " + timelines);
              }
            });
    return faults;
  }

  private static boolean hasFailed(String trace, TraceLog log) {
    String request = trace.replaceFirst("/.*", "");
    return log.events().stream()
        .anyMatch(event -> event.startsWith(request + ".roundTripReturned(err="));
  }

  private static boolean hasSucceeded(String trace, TraceLog log) {
    String request = trace.replaceFirst("/.*", "");
    List<String> ends =
        log.events().stream()
            .filter(
                event ->
                    event.startsWith(request + ".roundTripReturned(")
                        || event.startsWith(request + ".bodyDone("))
            .toList();
    return ends.stream().anyMatch(event -> event.contains(".roundTripReturned("))
        && ends.stream().noneMatch(event -> event.contains("err=") && !event.contains("err=none"));
  }

  private static boolean saysFailed(Timeline timeline) {
    List<RoundTrip> roundTrips = timeline.roundTrips();
    return FAILURES.contains(roundTrips.get(roundTrips.size() - 1).outcome());
  }

  private static @Nullable String fault(List<Timeline> timelines) {
    if (timelines.size() != 1) {
      return "is not one but " + timelines.size();
    }
    return timelines.get(0).ended() ? null : "is not closed";
  }

  private static @Nullable String faultOfFailed(
      List<Timeline> timelines, @Nullable PhaseKind recorded) {
    String fault = fault(timelines);
    if (fault != null) {
      return fault;
    }
    List<RoundTrip> roundTrips = timelines.get(0).roundTrips();
    RoundTrip last = roundTrips.get(roundTrips.size() - 1);
    if (!FAILURES.contains(last.outcome())) {
      return "does not say that the request has failed";
    }
    boolean named = last.failedPhase() != null || last.failedAfter() != null;
    if (named || recorded == null || last.notObservable().containsKey(recorded)) {
      return null;
    }
    return "does not say that the request has failed in the phase " + recorded.label();
  }

  /** {@return the phase that had begun last when a request failed; null if none had} */
  static @Nullable PhaseKind phaseOfFailure(GoldenRecording recording, String trace) {
    boolean proxy = recording.plan().config().proxy() != null;
    String returned = trace.replaceFirst("/.*", "") + ".roundTripReturned(";
    PhaseKind last = null;
    for (String event : recording.events()) {
      if (event.startsWith(returned)) {
        break;
      }
      if (event.startsWith(trace + ".")) {
        PhaseKind begun = phase(event.substring(trace.length() + 1), proxy);
        last = begun == null ? last : begun;
      }
    }
    return last;
  }

  private static @Nullable PhaseKind phase(String event, boolean proxy) {
    String hook = event.replaceFirst("\\(.*", "");
    return switch (hook) {
      case "dnsStart" -> PhaseKind.DNS;
      case "connectStart" -> PhaseKind.CONNECT;
      case "connectDone" -> proxy && event.endsWith(" err=none)") ? PhaseKind.PROXY_CONNECT : null;
      case "tlsHandshakeStart" -> PhaseKind.TLS;
      case "gotConn" -> PhaseKind.REQUEST;
      case "wroteRequest" -> event.endsWith("err=none)") ? PhaseKind.WAIT : null;
      case "gotFirstResponseByte" -> PhaseKind.RESPONSE;
      default -> null;
    };
  }
}
