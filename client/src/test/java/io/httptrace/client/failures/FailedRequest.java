package io.httptrace.client.failures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ByteCounts;
import io.httptrace.Hook;
import io.httptrace.RoundTripOutcome;
import io.httptrace.timeline.ConnectionRecord;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.PhaseOutcome;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request that has failed, to be checked: what its caller got, and its timeline, which is made
 * after the client has been closed so that nothing can be added.
 */
final class FailedRequest {
  private static final Map<String, String> ENDS =
      Map.of(
          "roundTripStart", "roundTripDone",
          "dnsStart", "dnsDone",
          "connectStart", "connectDone",
          "tlsHandshakeStart", "tlsHandshakeDone",
          "proxyConnectStart", "proxyConnectDone");

  private final Throwable error;
  private final Timeline timeline;

  FailedRequest(Throwable error, Timeline timeline) {
    this.error = error;
    this.timeline = timeline;
    everyStartHasOneEnd();
    timeline.roundTrips().forEach(FailedRequest::isClosed);
    timeline.connections().forEach(FailedRequest::isClosed);
    assertThat(timeline.ended()).isTrue();
    assertThat(timeline.roundTrips()).hasSize(1);
  }

  /** {@return what the caller got} */
  Throwable error() {
    return error;
  }

  /** {@return the phase that failed; there must be one} */
  Phase failedPhase() {
    return requireNonNull(roundTrip().failedPhase(), timeline::toString);
  }

  /** {@return the error of the phase that failed} */
  Throwable phaseError() {
    return requireNonNull(failedPhase().error(), timeline::toString);
  }

  /** {@return the error of the round trip} */
  Throwable roundTripError() {
    return requireNonNull(roundTrip().error(), timeline::toString);
  }

  /** {@return the bytes of the round trip; it must have got so far} */
  ByteCounts bytes() {
    return requireNonNull(roundTrip().bytes(), timeline::toString);
  }

  /** {@return whether the request has been written to its end} */
  boolean isWritten() {
    return roundTrip().phases(PhaseKind.REQUEST).stream()
        .allMatch(phase -> phase.outcome() == PhaseOutcome.DONE);
  }

  RoundTrip roundTrip() {
    return timeline.roundTrips().get(0);
  }

  private void everyStartHasOneEnd() {
    ENDS.forEach((start, end) -> assertThat(count(end)).as(end).isEqualTo(count(start)));
  }

  private long count(String hook) {
    return timeline.events().stream()
        .map(TraceEvent::hook)
        .map(Hook::methodName)
        .filter(hook::equals)
        .count();
  }

  private static void isClosed(RoundTrip roundTrip) {
    assertThat(roundTrip.error()).as("error of %s", roundTrip).isNotNull();
    assertThat(roundTrip.total()).isGreaterThanOrEqualTo(Duration.ZERO);
    for (Phase phase : roundTrip.phases()) {
      isSound(phase);
      assertThat(phase.start()).as("start of %s", phase).isGreaterThanOrEqualTo(roundTrip.start());
      assertThat(phase.end()).as("end of %s", phase).isLessThanOrEqualTo(roundTrip.end());
    }
  }

  private static void isClosed(ConnectionRecord record) {
    record.phases().forEach(FailedRequest::isSound);
  }

  private static void isSound(Phase phase) {
    assertThat(phase.outcome()).as("%s", phase).isNotEqualTo(PhaseOutcome.IN_PROGRESS);
    assertThat(phase.duration()).as("%s", phase).isGreaterThanOrEqualTo(Duration.ZERO);
    if (phase.outcome() == PhaseOutcome.DONE) {
      assertThat(phase.error()).as("%s", phase).isNull();
    } else {
      assertThat(phase.error()).as("%s", phase).isNotNull();
    }
  }

  /**
   * Checks all the phases there are.
   *
   * @param expected kind and outcome of each, by start; {@code STOPPED} is an outcome that goes by
   *     whether the phase or the request reported the end first
   */
  FailedRequest phases(String... expected) {
    List<String> actual = new ArrayList<>();
    for (Phase phase : roundTrip().phases()) {
      boolean stopped = phase.outcome() != PhaseOutcome.DONE && actual.size() < expected.length;
      boolean either = stopped && expected[actual.size()].endsWith(" STOPPED");
      actual.add(phase.kind() + " " + (either ? "STOPPED" : phase.outcome()));
    }
    assertThat(actual).as("%s", timeline).containsExactly(expected);
    return this;
  }

  FailedRequest outcome(RoundTripOutcome expected) {
    assertThat(roundTrip().outcome()).as("%s", timeline).isEqualTo(expected);
    return this;
  }

  /**
   * Checks in which phase the request died, and of what.
   *
   * @param kind the phase
   * @param type the type of the error of the phase, or of one of its causes
   */
  FailedRequest diedIn(PhaseKind kind, Class<? extends Throwable> type) {
    Phase failed = failedPhase();
    assertThat(failed.kind()).as("%s", timeline).isEqualTo(kind);
    assertThat(causes(phaseError())).as("%s", timeline).hasAtLeastOneElementOfType(type);
    return this;
  }

  /** Checks that the caller got an error of this type. */
  FailedRequest caught(Class<? extends Throwable> type) {
    assertThat(error).as("%s", timeline).isInstanceOf(type);
    return this;
  }

  private static List<Throwable> causes(Throwable error) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
