package io.httptrace.timeline;

import io.httptrace.ConnectionInfo;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects the facts about a connection: its dial, if this request dialled it, and its use. */
final class ConnectionDraft {
  static final long ABSENT = -1;

  private long id;
  private @Nullable RoundTripDraft dialler;
  private @Nullable ConnectionInfo info;
  private final List<PhaseDraft> phases = new ArrayList<>();
  private final List<Integer> usedBy = new ArrayList<>();
  private final List<TraceEvent> lateEvents = new ArrayList<>();

  ConnectionDraft(long id) {
    this.id = id;
  }

  void start(RoundTripDraft roundTrip, PhaseDraft phase) {
    if (dialler == null) {
      dialler = roundTrip;
    }
    phases.add(phase);
  }

  /** Sets the connection's id on a dial that was reported without one. */
  void identify(long connectionId) {
    id = connectionId;
    phases.forEach(phase -> phase.belongsTo(connectionId));
  }

  void usedBy(RoundTripDraft roundTrip, ConnectionInfo connection) {
    if (!usedBy.contains(roundTrip.number())) {
      usedBy.add(roundTrip.number());
    }
    info = connection;
  }

  void late(TraceEvent event) {
    lateEvents.add(event);
  }

  /** Finds the phase that an end belongs to: the one that has been open for longest. */
  @Nullable PhaseDraft firstOpen(Predicate<PhaseDraft> which) {
    for (PhaseDraft phase : phases) {
      if (phase.isOpen() && which.test(phase)) {
        return phase;
      }
    }
    return null;
  }

  /**
   * Whether a phase of this kind can follow in the same dial: a dial looks up, then connects, then
   * does TLS handshakes. An earlier step after a later one begins the next dial.
   */
  boolean canStart(PhaseKind kind) {
    return phases.stream().allMatch(phase -> step(phase.kind()) <= step(kind));
  }

  private static int step(PhaseKind kind) {
    return switch (kind) {
      case DNS -> 0;
      case CONNECT -> 1;
      default -> 2;
    };
  }

  /** Whether this dial can have made a connection by then, according to its phases. */
  boolean canHaveConnectedBy(long at) {
    boolean connected = connects().isEmpty() || connects().stream().anyMatch(PhaseDraft::succeeded);
    return connected && !hadFailedBy(at);
  }

  boolean hasConnectedTo(SocketAddress address) {
    return connects().stream()
        .anyMatch(attempt -> attempt.succeeded() && address.equals(attempt.address()));
  }

  private List<PhaseDraft> connects() {
    return phases.stream().filter(phase -> phase.kind() == PhaseKind.CONNECT).toList();
  }

  /** Whether the dial had failed by then. */
  boolean hadFailedBy(long at) {
    List<PhaseDraft> attempts = connects();
    boolean noAttemptWorked =
        !attempts.isEmpty() && attempts.stream().allMatch(attempt -> attempt.hadFailedBy(at));
    return noAttemptWorked
        || phases.stream()
            .anyMatch(phase -> phase.kind() != PhaseKind.CONNECT && phase.hadFailedBy(at));
  }

  /** Whether it went on and was not stopped: a phase began, or succeeded, later. */
  boolean wentOnAfter(long at) {
    return phases.stream()
        .anyMatch(phase -> phase.start() > at || (phase.succeeded() && !phase.endedBy(at)));
  }

  /**
   * The kind of a handshake, which its hooks do not say. It is with the proxy if a tunnel is
   * requested later, if another handshake follows on the same connection, if the target is plain
   * HTTP, or if it is the first event on a connection to a proxy.
   */
  PhaseKind kindOf(PhaseDraft phase) {
    if (phase.kind() != PhaseKind.TLS) {
      return phase.kind();
    }
    boolean tunnelFollows =
        phases.stream()
            .skip(phases.indexOf(phase))
            .anyMatch(other -> other.kind() == PhaseKind.PROXY_CONNECT);
    boolean handshakeFollows =
        phase.succeeded()
            && phases.stream()
                .skip(phases.indexOf(phase) + 1L)
                .anyMatch(other -> other.kind() == PhaseKind.TLS);
    boolean plainTarget = dialler != null && dialler.targetIsPlain();
    boolean firstToProxy =
        dialler != null
            && dialler.connectsToProxy()
            && phases.stream()
                .limit(phases.indexOf(phase))
                .noneMatch(
                    other ->
                        other.kind() == PhaseKind.PROXY_CONNECT || other.kind() == PhaseKind.TLS);
    return tunnelFollows || handshakeFollows || plainTarget || firstToProxy
        ? PhaseKind.PROXY_TLS
        : PhaseKind.TLS;
  }

  /** The phases with their own ends; those without an end are in progress. */
  List<Phase> phasesWithOwnEnds(long asOf, boolean abandoned) {
    EndOfRoundTrip closing = EndOfRoundTrip.inProgress(asOf);
    return phases.stream()
        .sorted(Comparator.comparingLong(PhaseDraft::start))
        .map(
            phase ->
                phase.isOpen()
                    ? Phase.open(phase, kindOf(phase), closing, abandoned)
                    : Phase.ended(phase, kindOf(phase), abandoned))
        .toList();
  }

  /**
   * The phases as seen by the round trip that dialled: only those that began in it, cut at its end.
   */
  List<Phase> phasesWithin(EndOfRoundTrip closing, boolean abandoned) {
    return phases.stream()
        .filter(phase -> phase.start() <= closing.at())
        .map(
            phase ->
                phase.endedBy(closing.at())
                    ? Phase.ended(phase, kindOf(phase), abandoned)
                    : Phase.open(phase, kindOf(phase), closing, abandoned))
        .toList();
  }

  /** The time from the first connect attempt to the end of the one that succeeded by then. */
  long connectNanos(long by) {
    return connects().stream()
        .filter(attempt -> attempt.succeeded() && attempt.endedBy(by))
        .mapToLong(attempt -> attempt.end() - connects().get(0).start())
        .findFirst()
        .orElse(ABSENT);
  }

  /** The time from the first connect attempt to the end of the last handshake by then. */
  long connectNanosWithTls(long by) {
    if (connects().isEmpty()) {
      return ABSENT;
    }
    long start = connects().get(0).start();
    return phases.stream()
        .filter(phase -> kindOf(phase) == PhaseKind.TLS)
        .filter(phase -> phase.succeeded() && phase.endedBy(by))
        .mapToLong(phase -> phase.end() - start)
        .filter(nanos -> nanos >= 0)
        .max()
        .orElse(ABSENT);
  }

  long id() {
    return id;
  }

  @Nullable RoundTripDraft dialler() {
    return dialler;
  }

  int dialledBy() {
    return dialler == null ? 0 : dialler.number();
  }

  List<Integer> usedBy() {
    return usedBy;
  }

  @Nullable ConnectionInfo info() {
    return info;
  }

  List<TraceEvent> lateEvents() {
    return lateEvents;
  }
}
