package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.RoundTripOutcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is true of every timeline, whatever was recorded. */
final class Invariants {
  private static final Map<PhaseKind, Set<String>> STARTS =
      Map.of(
          PhaseKind.QUEUE, Set.of("connWaitStart"),
          PhaseKind.DNS, Set.of("dnsStart"),
          PhaseKind.CONNECT, Set.of("connectStart"),
          PhaseKind.PROXY_TLS, Set.of("tlsHandshakeStart"),
          PhaseKind.PROXY_CONNECT, Set.of("proxyConnectStart"),
          PhaseKind.TLS, Set.of("tlsHandshakeStart"),
          PhaseKind.REQUEST, Set.of("gotConn"),
          PhaseKind.WAIT, Set.of("wroteRequest"),
          PhaseKind.RESPONSE,
              Set.of("gotFirstResponseByte", "got100Continue", "got1xxResponse", "gotResponse"));

  private static final Map<PhaseKind, Set<String>> ENDS =
      Map.of(
          PhaseKind.QUEUE,
              Set.of(
                  "gotConn", "dnsStart", "connectStart", "tlsHandshakeStart", "proxyConnectStart"),
          PhaseKind.DNS, Set.of("dnsDone"),
          PhaseKind.CONNECT, Set.of("connectDone"),
          PhaseKind.PROXY_TLS, Set.of("tlsHandshakeDone"),
          PhaseKind.PROXY_CONNECT, Set.of("proxyConnectDone"),
          PhaseKind.TLS, Set.of("tlsHandshakeDone"),
          PhaseKind.REQUEST, Set.of("wroteRequest"),
          PhaseKind.WAIT, STARTS.get(PhaseKind.RESPONSE),
          PhaseKind.RESPONSE, Set.of("roundTripDone", "putIdleConn"));

  private static final Set<PhaseKind> DIALLING =
      Set.of(
          PhaseKind.DNS,
          PhaseKind.CONNECT,
          PhaseKind.PROXY_TLS,
          PhaseKind.PROXY_CONNECT,
          PhaseKind.TLS);

  private static final Set<RoundTripOutcome> FAILURES =
      Set.of(RoundTripOutcome.FAILED, RoundTripOutcome.TIMED_OUT, RoundTripOutcome.CANCELLED);

  private final Timeline timeline;

  private Invariants(Timeline timeline) {
    this.timeline = timeline;
  }

  static void check(Timeline timeline) {
    Invariants invariants = new Invariants(timeline);
    invariants.events();
    timeline.roundTrips().forEach(invariants::roundTrip);
    invariants.whole();
    invariants.connections();
  }

  private void events() {
    List<Duration> offsets = timeline.events().stream().map(TraceEvent::offset).toList();
    assertThat(offsets).isSorted();
    if (!offsets.isEmpty()) {
      assertThat(offsets.get(0)).isZero();
    }
  }

  private void whole() {
    List<Integer> numbers = timeline.roundTrips().stream().map(RoundTrip::number).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(timeline.roundTrips().isEmpty()).isEqualTo(timeline.events().isEmpty());
    Duration total = timeline.total();
    if (total != null) {
      assertThat(timeline.roundTrips()).extracting(RoundTrip::end).contains(total);
      assertThat(timeline.roundTrips())
          .allMatch(roundTrip -> roundTrip.end().compareTo(total) <= 0);
    }
    notNegative(timeline.timeToFirstByte());
    assertThat(timeline.toString()).isNotBlank();
  }

  private void roundTrip(RoundTrip roundTrip) {
    assertThat(roundTrip.start()).isBetween(Duration.ZERO, roundTrip.end());
    assertThat(roundTrip.total()).isEqualTo(roundTrip.end().minus(roundTrip.start()));
    assertThat(roundTrip.phases()).extracting(Phase::start).isSorted();
    for (Phase phase : roundTrip.phases()) {
      phase(phase, roundTrip.end());
      assertThat(phase.start()).isGreaterThanOrEqualTo(roundTrip.start());
      assertThat(phase.end()).isLessThanOrEqualTo(roundTrip.end());
      if (roundTrip.ended()) {
        assertThat(phase.outcome()).isNotEqualTo(PhaseOutcome.IN_PROGRESS);
      } else {
        assertThat(phase.outcome()).isNotEqualTo(PhaseOutcome.CUT);
      }
    }
    for (PhaseKind once : List.of(PhaseKind.REQUEST, PhaseKind.WAIT, PhaseKind.RESPONSE)) {
      assertThat(roundTrip.phases(once)).hasSizeLessThanOrEqualTo(1);
    }
    failurePoint(roundTrip);
    Stream.of(
            roundTrip.timeToConnection(),
            roundTrip.timeToFirstByte(),
            roundTrip.serverTime(),
            roundTrip.connectTime(),
            roundTrip.connectTimeWithTls())
        .forEach(
            figure -> {
              notNegative(figure);
              if (figure != null) {
                assertThat(figure).isLessThanOrEqualTo(roundTrip.total());
              }
            });
  }

  /**
   * A round trip that died did so at one place; without one all its phases are those nobody dies
   * of.
   */
  private static void failurePoint(RoundTrip roundTrip) {
    Phase in = roundTrip.failedPhase();
    Phase after = roundTrip.failedAfter();
    boolean died = roundTrip.outcome() != null && FAILURES.contains(roundTrip.outcome());
    if (in != null) {
      assertThat(roundTrip.phases()).contains(in);
      assertThat(in.outcome()).isNotEqualTo(PhaseOutcome.DONE);
      assertThat(after).isNull();
    }
    if (after != null) {
      assertThat(roundTrip.phases()).contains(after);
      assertThat(after.outcome()).isEqualTo(PhaseOutcome.DONE);
    }
    if (!died) {
      assertThat(in).isNull();
      assertThat(after).isNull();
    } else if (in == null && after == null) {
      assertThat(roundTrip.phases())
          .allMatch(phase -> phase.abandoned() || phase.kind() == PhaseKind.CONNECT);
    }
  }

  private static void notNegative(@Nullable Duration figure) {
    if (figure != null) {
      assertThat(figure).isGreaterThanOrEqualTo(Duration.ZERO);
    }
  }

  /** A phase begins and ends with events; only one that did not end is closed by something else. */
  private void phase(Phase phase, Duration closedAt) {
    assertThat(phase.duration()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(phase.duration()).isEqualTo(phase.end().minus(phase.start()));
    assertThat(offsets(STARTS.get(phase.kind()))).contains(phase.start());
    switch (phase.outcome()) {
      case DONE -> {
        assertThat(phase.error()).isNull();
        assertThat(offsets(ENDS.get(phase.kind()))).contains(phase.end());
      }
      case FAILED -> {
        assertThat(phase.error()).isNotNull();
        assertThat(offsets(ENDS.get(phase.kind()))).contains(phase.end());
      }
      case CUT -> assertThat(phase.end()).isEqualTo(closedAt);
      case IN_PROGRESS -> {
        assertThat(phase.error()).isNull();
        assertThat(phase.end()).isEqualTo(closedAt);
      }
    }
  }

  private Set<Duration> offsets(@Nullable Set<String> hooks) {
    return hooks == null
        ? Set.of()
        : timeline.events().stream()
            .filter(event -> hooks.contains(event.hook().methodName()))
            .map(TraceEvent::offset)
            .collect(Collectors.toSet());
  }

  private void connections() {
    Set<Long> ids = new HashSet<>();
    for (ConnectionRecord record : timeline.connections()) {
      record.id().ifPresent(id -> assertThat(ids.add(id)).isTrue());
      assertThat(timeline.events()).containsAll(record.lateEvents());
      assertThat(record.usedBy()).doesNotHaveDuplicates();
      for (Phase phase : record.phases()) {
        assertThat(phase.outcome()).isNotEqualTo(PhaseOutcome.CUT);
        phase(phase, phase.end());
      }
    }
    everyStartOfADialIsInOneRecord();
  }

  private void everyStartOfADialIsInOneRecord() {
    List<Duration> started =
        timeline.events().stream()
            .filter(
                event ->
                    DIALLING.stream()
                        .anyMatch(kind -> startsOf(kind).contains(event.hook().methodName())))
            .map(TraceEvent::offset)
            .toList();
    List<Duration> recorded =
        timeline.connections().stream()
            .flatMap(record -> record.phases().stream())
            .map(Phase::start)
            .sorted()
            .toList();
    assertThat(recorded).isEqualTo(started);
  }

  private static Set<String> startsOf(PhaseKind kind) {
    return STARTS.getOrDefault(kind, Set.of());
  }
}
