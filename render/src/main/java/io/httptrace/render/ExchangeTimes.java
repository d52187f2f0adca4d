package io.httptrace.render;

import io.httptrace.Hook;
import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When, within the exchange of a round trip, something happened that begins or ends no phase:
 * waiting for {@code 100 Continue}, and the final response after informational ones.
 */
final class ExchangeTimes {
  private final RoundTrip roundTrip;
  private final List<TraceEvent> events;

  private ExchangeTimes(RoundTrip roundTrip, List<TraceEvent> events) {
    this.roundTrip = roundTrip;
    this.events = events;
  }

  static ExchangeTimes of(Timeline timeline, RoundTrip roundTrip) {
    boolean onlyOne = timeline.roundTrips().size() == 1;
    return new ExchangeTimes(
        roundTrip,
        timeline.events().stream()
            .filter(
                event ->
                    event.roundTrip().orElse(onlyOne ? roundTrip.number() : 0)
                        == roundTrip.number())
            .toList());
  }

  private @Nullable Duration first(Hook hook) {
    for (TraceEvent event : events) {
      if (event.hook() == hook && event.offset().compareTo(roundTrip.end()) <= 0) {
        return event.offset();
      }
    }
    return null;
  }

  /**
   * A wait for {@code 100 Continue} (RFC 9110, section 10.1.1).
   *
   * @param start when it began
   * @param end when it ended, or at the latest
   * @param continued whether the server said {@code 100 Continue}
   */
  record ContinueWait(Duration start, Duration end, boolean continued) {}

  /**
   * {@return the wait for {@code 100 Continue}; null if there was none} No event says when it ended
   * in vain: then it ends with what came next.
   */
  @Nullable ContinueWait continueWait() {
    Duration start = first(Hook.WAIT_100_CONTINUE);
    if (start == null) {
      return null;
    }
    Duration continued = first(Hook.GOT_100_CONTINUE);
    Duration next =
        continued != null
            ? continued
            : Stream.of(
                    first(Hook.GOT_FIRST_RESPONSE_BYTE),
                    first(Hook.GOT_RESPONSE),
                    first(Hook.WROTE_REQUEST))
                .filter(at -> at != null && at.compareTo(start) >= 0)
                .min(Duration::compareTo)
                .orElse(roundTrip.end());
    return new ContinueWait(start, next.compareTo(start) < 0 ? start : next, continued != null);
  }

  /** {@return whether a response 100 to 199 came before the final one} */
  boolean informed() {
    return !roundTrip.informationalResponses().isEmpty() || first(Hook.GOT_100_CONTINUE) != null;
  }

  /** {@return the informational responses that a wait for {@code 100 Continue} does not show} */
  List<InformationalResponse> otherInformational() {
    ContinueWait wait = continueWait();
    List<InformationalResponse> others = new ArrayList<>(roundTrip.informationalResponses());
    if (wait != null && wait.continued()) {
      others.stream()
          .filter(response -> response.code() == 100)
          .findFirst()
          .ifPresent(others::remove);
    }
    return others;
  }

  /**
   * {@return the phases as a picture shows them} For a timeline a response begins with its first
   * byte, also if that is informational. In a picture that would be a long response of a server
   * that still thinks: there {@code wait} ends with the head of the final response.
   */
  List<DrawnPhase> phases() {
    Duration head = informed() ? first(Hook.GOT_RESPONSE) : null;
    Duration written = writtenAt();
    List<DrawnPhase> drawn = new ArrayList<>();
    for (Phase phase : roundTrip.phases()) {
      if (head != null
          && phase.kind() == PhaseKind.RESPONSE
          && phase.start().compareTo(head) <= 0) {
        Duration from = written.compareTo(phase.start()) > 0 || waited() ? written : phase.start();
        if (from.compareTo(head) < 0) {
          drawn.add(new DrawnPhase(phase, PhaseKind.WAIT, from, head));
        }
        drawn.add(new DrawnPhase(phase, PhaseKind.RESPONSE, head, later(head, phase.end())));
      } else if (head == null || phase.kind() != PhaseKind.WAIT) {
        drawn.add(new DrawnPhase(phase, phase.kind(), phase.start(), phase.end()));
      }
    }
    return drawn;
  }

  private boolean waited() {
    return !roundTrip.phases(PhaseKind.WAIT).isEmpty();
  }

  private Duration writtenAt() {
    Duration written = first(Hook.WROTE_REQUEST);
    return written == null ? Duration.ZERO : written;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * A phase with the times it is drawn with.
   *
   * @param phase the phase of the timeline, or the one that this is a part of
   * @param kind as what it is drawn
   * @param start its start
   * @param end its end
   */
  record DrawnPhase(Phase phase, PhaseKind kind, Duration start, Duration end) {
    Duration duration() {
      return end.minus(start);
    }
  }
}
