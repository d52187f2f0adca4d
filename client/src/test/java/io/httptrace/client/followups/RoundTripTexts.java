package io.httptrace.client.followups;

import io.httptrace.Hook;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.util.List;
import java.util.Objects;

/** What a timeline says of a request's round trips, in one line each. */
final class RoundTripTexts {
  private RoundTripTexts() {}

  /** Number, reason, method, target, status, outcome and whether the connection was reused. */
  static List<String> of(TraceRecorder recorder) {
    return recorder.timeline().roundTrips().stream().map(RoundTripTexts::line).toList();
  }

  private static String line(RoundTrip roundTrip) {
    ConnectionUse use = roundTrip.connection();
    return String.join(
        " ",
        String.valueOf(roundTrip.number()),
        String.valueOf(roundTrip.reason()),
        String.valueOf(roundTrip.method()),
        Objects.requireNonNullElse(roundTrip.uri(Redaction.NONE), "").replaceAll(":\\d+/", "/"),
        roundTrip.status().isPresent() ? String.valueOf(roundTrip.status().getAsInt()) : "-",
        String.valueOf(roundTrip.outcome()),
        use == null ? "none" : use.reused() ? "reused" : "new");
  }

  /** The hooks that say how round trips follow each other. */
  static List<String> outline(TraceRecorder recorder) {
    return recorder.timeline().events().stream()
        .map(TraceEvent::hook)
        .map(Hook::methodName)
        .filter(
            List.of("roundTripStart", "gotConn", "gotResponse", "putIdleConn", "roundTripDone")
                ::contains)
        .toList();
  }
}
