package io.httptrace.cli.live;

import io.httptrace.render.text.Phrases;
import io.httptrace.render.text.Quantities;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.PhaseOutcome;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in a line how far a request is. For one thread at a time. */
final class LiveText {
  /** Over so many lines the rate is measured: about a second. */
  private static final int RATED_LINES = 10;

  /** In less time a rate says nothing. */
  private static final Duration RATED_TIME = Duration.ofMillis(500);

  /**
   * How much had come at some time.
   *
   * @param at when
   * @param bytes how much
   */
  private record Mark(Duration at, long bytes) {}

  private final Deque<Mark> marks = new ArrayDeque<>();

  /**
   * {@return how far it is; empty if it has not begun}
   *
   * @param timeline what has happened so far
   * @param bytes how much of the body has come so far
   */
  String of(Timeline timeline, long bytes) {
    Duration total = timeline.total();
    if (total == null) {
      return "";
    }
    List<RoundTrip> roundTrips = timeline.roundTrips();
    RoundTrip last = roundTrips.get(roundTrips.size() - 1);
    PhaseKind kind = underWay(last);
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%.1f s", total.toNanos() / 1e9));
    if (kind != null) {
      line.append(roundTrips.size() == 1 ? ", " : ", #" + last.number() + " ");
      line.append(Phrases.of(kind));
    }
    if (kind == PhaseKind.RESPONSE) {
      line.append(", ").append(Quantities.bytes(bytes)).append(ofAll(last, bytes));
      line.append(rate(new Mark(total, bytes)));
    } else {
      marks.clear();
    }
    return line.toString();
  }

  private static @Nullable PhaseKind underWay(RoundTrip roundTrip) {
    PhaseKind kind = null;
    for (Phase phase : roundTrip.phases()) {
      if (phase.outcome() == PhaseOutcome.IN_PROGRESS && !phase.abandoned()) {
        kind = phase.kind();
      }
    }
    return kind;
  }

  /** What was encoded is longer than the response says. */
  private static String ofAll(RoundTrip roundTrip, long bytes) {
    Map<String, List<String>> headers = roundTrip.responseHeaders(Redaction.NONE);
    if (headers == null) {
      return "";
    }
    String length = "";
    for (Map.Entry<String, List<String>> field : headers.entrySet()) {
      if (field.getKey().equalsIgnoreCase("content-encoding")) {
        return "";
      }
      if (field.getKey().equalsIgnoreCase("content-length") && !field.getValue().isEmpty()) {
        length = field.getValue().get(0).strip();
      }
    }
    boolean known = length.matches("[0-9]{1,18}") && Long.parseLong(length) >= bytes;
    return known ? " of " + Quantities.bytes(Long.parseLong(length)) : "";
  }

  private String rate(Mark now) {
    marks.addLast(now);
    if (marks.size() > RATED_LINES + 1) {
      marks.removeFirst();
    }
    Mark before = marks.getFirst();
    Duration time = now.at().minus(before.at());
    return time.compareTo(RATED_TIME) < 0
        ? ""
        : ", " + Quantities.rate(now.bytes() - before.bytes(), time);
  }
}
