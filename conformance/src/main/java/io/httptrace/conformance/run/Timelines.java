package io.httptrace.conformance.run;

import static io.httptrace.RoundTripOutcome.CANCELLED;
import static io.httptrace.RoundTripOutcome.FAILED;
import static io.httptrace.RoundTripOutcome.TIMED_OUT;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.RoundTripOutcome;
import io.httptrace.conformance.log.TraceLog;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a recorder makes of the events, in every scenario: each request has one timeline, it
 * is closed, and if the request failed it names the phase, or says which phases the client cannot
 * observe, or failed before the first one.
 */
final class Timelines {
  private static final Set<RoundTripOutcome> FAILURES = EnumSet.of(FAILED, TIMED_OUT, CANCELLED);

  private Timelines() {}

  static List<String> faults(HookSupport support, TraceLog log) {
    List<String> faults = new ArrayList<>();
    if (support.level(Hook.ROUND_TRIP_START) == Level.NEVER
        || support.level(Hook.ROUND_TRIP_DONE) == Level.NEVER) {
      return faults;
    }
    log.timelines()
        .forEach(
            (trace, timelines) -> {
              String fault = fault(timelines, hasFailed(trace, log));
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

  private static @Nullable String fault(List<Timeline> timelines, boolean failed) {
    if (timelines.size() != 1) {
      return "is not one but " + timelines.size();
    }
    Timeline timeline = timelines.get(0);
    if (!timeline.ended()) {
      return "is not closed";
    }
    RoundTrip last = timeline.roundTrips().get(timeline.roundTrips().size() - 1);
    if (failed && !FAILURES.contains(last.outcome())) {
      return "does not say that the request has failed";
    }
    boolean named = last.failedPhase() != null || last.failedAfter() != null;
    boolean excused = !last.notObservable().isEmpty() || last.phases().isEmpty();
    if (failed && !named && !excused) {
      return "does not say in which phase the request has failed";
    }
    return null;
  }
}
