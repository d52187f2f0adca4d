package io.httptrace.attach;

import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of the line that a request is shown as. */
final class TimelineParts {
  private final Timeline timeline;
  private final Redaction redaction;
  private final List<String> text = new ArrayList<>();

  private TimelineParts(Timeline timeline, Redaction redaction) {
    this.timeline = timeline;
    this.redaction = redaction;
  }

  /**
   * {@return the parts, with a tab between each two: the client, when the request began in
   * milliseconds of the epoch, its status or a hyphen, whether it failed, how long it took in
   * nanoseconds, the bar, and the text}
   *
   * @param client the client that has sent it
   * @param timeline the request
   * @param redaction whether secrets are masked
   */
  static String of(String client, Timeline timeline, Redaction redaction) {
    return new TimelineParts(timeline, redaction).of(client);
  }

  private String of(String client) {
    Duration total = timeline.total();
    String status = "-";
    boolean failed = false;
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      addRequest(roundTrip);
      status = roundTrip.status().isPresent() ? String.valueOf(roundTrip.status().getAsInt()) : "-";
      failed = endedBadly(roundTrip);
    }
    if (!timeline.roundTrips().isEmpty()) {
      addEnd(timeline.roundTrips().get(timeline.roundTrips().size() - 1));
    }
    return String.join(
        "\t",
        client,
        String.valueOf(timeline.startedAt().toEpochMilli()),
        status,
        String.valueOf(failed),
        String.valueOf(total == null ? 0 : total.toNanos()),
        PhaseBar.of(timeline),
        Printable.text(String.join(", ", text)));
  }

  private void addRequest(RoundTrip roundTrip) {
    String uri = roundTrip.uri(redaction);
    String target = uri == null ? String.valueOf(roundTrip.hostPort()) : uri;
    RoundTripReason reason = roundTrip.reason();
    if (reason == RoundTripReason.REDIRECT) {
      text.add("redirected to " + target);
    } else if (reason == RoundTripReason.RETRY) {
      text.add("again");
    } else if (reason == RoundTripReason.AUTHENTICATION) {
      text.add("authenticated");
    } else {
      text.add(roundTrip.method() + " " + target);
    }
  }

  private void addEnd(RoundTrip last) {
    ConnectionUse connection = last.connection();
    if (connection != null) {
      text.add(
          connection.protocol()
              + " #"
              + connection.id()
              + (connection.reused() ? " reused" : " new"));
    }
    if (last.proxy() != null) {
      text.add("by the proxy " + last.proxy());
    }
    String failure = failure(last);
    if (failure != null) {
      text.add(failure);
    }
  }

  private @Nullable String failure(RoundTrip roundTrip) {
    RoundTripOutcome outcome = roundTrip.outcome();
    if (outcome == null) {
      return "under way";
    }
    String what =
        switch (outcome) {
          case COMPLETED -> null;
          case FAILED -> "failed";
          case TIMED_OUT -> "timed out";
          case CANCELLED -> "cancelled";
          case ABANDONED -> "body abandoned";
        };
    if (what == null || outcome == RoundTripOutcome.ABANDONED) {
      return what;
    }
    Phase failed = roundTrip.failedPhase();
    String phase = failed == null ? "" : failed.kind().label();
    Phase last = roundTrip.failedAfter();
    String where =
        failed != null ? " in " + phase : last != null ? " past " + last.kind().label() : "";
    Throwable error = roundTrip.error();
    return what + where + (error == null ? "" : ": " + redaction.text(Reasons.of(error, phase)));
  }

  private static boolean endedBadly(RoundTrip roundTrip) {
    RoundTripOutcome outcome = roundTrip.outcome();
    return outcome == RoundTripOutcome.FAILED
        || outcome == RoundTripOutcome.TIMED_OUT
        || outcome == RoundTripOutcome.CANCELLED;
  }
}
