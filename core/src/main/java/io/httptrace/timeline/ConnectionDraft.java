package io.httptrace.timeline;

import io.httptrace.ConnectionInfo;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The facts of a connection while they come in: its dial, if this request dialled, and its use. */
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

  /** Gives the id, which came with the connection, to a dial that was reported without one. */
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

  /** The phase that an end belongs to: the one that has been open for longest. */
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
   * shakes hands. One that turns back is the next dial.
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

  /** Whether this dial can have made a connection by then, as far as its phases tell. */
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

  /** Whether the dial had come to nothing by itself by then. */
  boolean hadFailedBy(long at) {
    List<PhaseDraft> attempts = connects();
    boolean noAttemptWorked =
        !attempts.isEmpty() && attempts.stream().allMatch(attempt -> attempt.hadFailedBy(at));
    return noAttemptWorked
        || phases.stream()
            .anyMatch(phase -> phase.kind() != PhaseKind.CONNECT && phase.hadFailedBy(at));
  }

  /** Whether it got further, rather than being stopped: a phase began, or succeeded, later. */
  boolean wentOnAfter(long at) {
    return phases.stream()
        .anyMatch(phase -> phase.start() > at || (phase.succeeded() && !phase.endedBy(at)));
  }

  /**
   * The kind of a handshake, which its hooks do not tell: it is with the proxy if a tunnel is asked
   * for later, if another handshake follows on the same connection, if the target is plain HTTP, or
   * if it comes first of all on a connection to a proxy.
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

  /** The phases as they went on and ended by themselves, or are going on still. */
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

  /** The phases as the round trip that dialled saw them: those it lived to see, cut at its end. */
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

  /** From the first attempt to connect to the one that had succeeded by then, or absent. */
  long connectNanos(long by) {
    return connects().stream()
        .filter(attempt -> attempt.succeeded() && attempt.endedBy(by))
        .mapToLong(attempt -> attempt.end() - connects().get(0).start())
        .findFirst()
        .orElse(ABSENT);
  }

  /** From the first attempt to connect to the last handshake done by then, or absent. */
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
