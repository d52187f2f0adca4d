package io.httptrace.cli.writeout;

import io.httptrace.RoundTripReason;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.PhaseOutcome;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The times of a transfer as curl has them: from the start of a round trip until something was
 * done, and zero if it was not; those of several round trips are added up.
 *
 * @param timeline what has happened
 */
record TransferTimes(Timeline timeline) {

  Duration nameLookup() {
    return sum(TransferTimes::lookedUp);
  }

  Duration connect() {
    return sum(TransferTimes::connected);
  }

  /** {@return until TLS with the server was ready} */
  Duration appConnect() {
    return sum(TransferTimes::secured);
  }

  Duration preTransfer() {
    return sum(RoundTrip::timeToConnection);
  }

  Duration startTransfer() {
    return sum(RoundTrip::timeToFirstByte);
  }

  /** {@return from the start until the last request of several was begun} */
  Duration redirect() {
    List<RoundTrip> all = timeline.roundTrips();
    boolean redirected =
        all.stream().anyMatch(roundTrip -> roundTrip.reason() == RoundTripReason.REDIRECT);
    return redirected ? all.get(all.size() - 1).start() : Duration.ZERO;
  }

  Duration total() {
    Duration total = timeline.total();
    if (total != null) {
      return total;
    }
    List<RoundTrip> all = timeline.roundTrips();
    return all.isEmpty() ? Duration.ZERO : all.get(all.size() - 1).end();
  }

  /**
   * {@return how long a phase took, added up over all round trips} Attempts that overlap count from
   * the start of the first to the end of the last.
   *
   * @param kind its kind
   */
  Duration phase(PhaseKind kind) {
    return sum(
        roundTrip -> {
          Duration start = null;
          Duration end = Duration.ZERO;
          for (Phase phase : roundTrip.phases(kind)) {
            if (!phase.abandoned()) {
              start = start == null ? phase.start() : start;
              end = phase.end().compareTo(end) > 0 ? phase.end() : end;
            }
          }
          return start == null ? null : end.minus(start);
        });
  }

  /**
   * {@return bytes per second}
   *
   * @param bytes how many bytes there were
   */
  long speed(long bytes) {
    long nanos = total().toNanos();
    return nanos == 0 ? 0 : (long) (bytes * 1e9 / nanos);
  }

  private Duration sum(Function<RoundTrip, @Nullable Duration> time) {
    return timeline.roundTrips().stream()
        .map(time)
        .filter(Objects::nonNull)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static @Nullable Duration lookedUp(RoundTrip roundTrip) {
    if (!isDialled(roundTrip)) {
      return roundTrip.timeToConnection();
    }
    List<Phase> lookups = roundTrip.phases(PhaseKind.DNS);
    if (!lookups.isEmpty()) {
      return endOfLast(roundTrip, PhaseKind.DNS);
    }
    List<Phase> attempts = roundTrip.phases(PhaseKind.CONNECT);
    return attempts.isEmpty() ? null : attempts.get(0).start().minus(roundTrip.start());
  }

  private static @Nullable Duration connected(RoundTrip roundTrip) {
    return isDialled(roundTrip)
        ? endOfLast(roundTrip, PhaseKind.CONNECT)
        : roundTrip.timeToConnection();
  }

  private static @Nullable Duration secured(RoundTrip roundTrip) {
    if (isDialled(roundTrip)) {
      return endOfLast(roundTrip, PhaseKind.TLS);
    }
    ConnectionUse connection = roundTrip.connection();
    return connection == null || connection.tls() == null ? null : roundTrip.timeToConnection();
  }

  /** {@return whether it made a connection, or tried to} */
  private static boolean isDialled(RoundTrip roundTrip) {
    return roundTrip.phases().stream()
        .anyMatch(phase -> phase.kind() == PhaseKind.DNS || phase.kind() == PhaseKind.CONNECT);
  }

  /** {@return until the last phase of a kind that succeeded, or null} */
  private static @Nullable Duration endOfLast(RoundTrip roundTrip, PhaseKind kind) {
    Duration end = null;
    for (Phase phase : roundTrip.phases(kind)) {
      boolean done = phase.outcome() == PhaseOutcome.DONE && phase.error() == null;
      if (done && !phase.abandoned() && (end == null || phase.end().compareTo(end) > 0)) {
        end = phase.end();
      }
    }
    return end == null ? null : end.minus(roundTrip.start());
  }
}
