package io.httptrace.client.followups;

import io.httptrace.Hook;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Leg;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.util.List;
import java.util.Objects;

/** What a timeline says of a request's legs, in one line each. */
final class Legs {
  private Legs() {}

  /** Number, reason, method, target, status, outcome and whether the connection was reused. */
  static List<String> of(TraceRecorder recorder) {
    return recorder.timeline().legs().stream().map(Legs::line).toList();
  }

  private static String line(Leg leg) {
    ConnectionUse use = leg.connection();
    return String.join(
        " ",
        String.valueOf(leg.number()),
        String.valueOf(leg.reason()),
        String.valueOf(leg.method()),
        Objects.requireNonNullElse(leg.uri(Redaction.NONE), "").replaceAll(":\\d+/", "/"),
        leg.status().isPresent() ? String.valueOf(leg.status().getAsInt()) : "-",
        String.valueOf(leg.outcome()),
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
