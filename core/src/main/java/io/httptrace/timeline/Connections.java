package io.httptrace.timeline;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The connections so far, and which of them an event belongs to. */
final class Connections {

  /**
   * A phase that waits for its end.
   *
   * @param dial the connection it belongs to
   * @param phase the phase
   */
  record OpenPhase(ConnectionDraft dial, PhaseDraft phase) {}

  private final List<ConnectionDraft> all = new ArrayList<>();
  private final Map<Long, ConnectionDraft> byId = new HashMap<>();

  List<ConnectionDraft> all() {
    return all;
  }

  /**
   * The connection whose dial a phase belongs to: by its id, or else the current dial of the round
   * trip.
   */
  ConnectionDraft dialling(RoundTripDraft roundTrip, PhaseDraft phase) {
    if (phase.connectionId() > 0) {
      return identified(phase.connectionId());
    }
    ConnectionDraft dial = lastUnidentified(roundTrip);
    return dial != null && dial.canStart(phase.kind()) ? dial : add(new ConnectionDraft(0));
  }

  /** The phase that an event ends; null if there is none. */
  @Nullable OpenPhase open(
      TraceEvent event, RoundTripDraft roundTrip, Predicate<PhaseDraft> which) {
    long id = event.stamp().connectionId();
    if (id > 0) {
      OpenPhase open = firstOpen(dial -> dial.id() == id, which);
      return open != null
          ? open
          : firstOpen(dial -> dial.id() == 0 && dial.dialler() == roundTrip, which);
    }
    OpenPhase open = firstOpen(dial -> dial.dialler() == roundTrip, which);
    boolean roundTripIsKnown = event.stamp().roundTrip() > 0;
    return open != null || roundTripIsKnown ? open : firstOpen(dial -> true, which);
  }

  private @Nullable OpenPhase firstOpen(
      Predicate<ConnectionDraft> dials, Predicate<PhaseDraft> which) {
    for (ConnectionDraft dial : all) {
      PhaseDraft phase = dials.test(dial) ? dial.firstOpen(which) : null;
      if (phase != null) {
        return new OpenPhase(dial, phase);
      }
    }
    return null;
  }

  /** The connection that a round trip has got. A new one may come from a dial without an id. */
  ConnectionDraft obtained(RoundTripDraft roundTrip, GotConnInfo info, long at) {
    ConnectionInfo connection = info.connection();
    ConnectionDraft known = byId.get(connection.id());
    if (known != null) {
      return known;
    }
    ConnectionDraft dial = info.reused() ? null : dialOf(roundTrip, connection, at);
    if (dial == null) {
      return connection.id() > 0 ? identified(connection.id()) : add(new ConnectionDraft(0));
    }
    if (connection.id() > 0) {
      dial.identify(connection.id());
      byId.put(connection.id(), dial);
    }
    return dial;
  }

  /** The last dial that connected to the address, or else the first that connected. */
  private @Nullable ConnectionDraft dialOf(
      RoundTripDraft roundTrip, ConnectionInfo connection, long at) {
    ConnectionDraft found = null;
    for (ConnectionDraft dial : all) {
      boolean matches = isUnidentified(dial, roundTrip) && dial.canHaveConnectedBy(at);
      boolean better = dial.hasConnectedTo(connection.remoteAddress());
      if (matches && (found == null || better)) {
        found = dial;
      }
    }
    return found;
  }

  /** The connection of a late event, which does not change its round trip. */
  @Nullable ConnectionDraft ofEvent(TraceEvent event, RoundTripDraft roundTrip) {
    ConnectionDraft connection = byId.get(event.stamp().connectionId());
    return connection != null ? connection : roundTrip.connection();
  }

  private @Nullable ConnectionDraft lastUnidentified(RoundTripDraft roundTrip) {
    ConnectionDraft last = null;
    for (ConnectionDraft dial : all) {
      if (isUnidentified(dial, roundTrip)) {
        last = dial;
      }
    }
    return last;
  }

  private static boolean isUnidentified(ConnectionDraft dial, RoundTripDraft roundTrip) {
    return dial.id() == 0 && dial.dialler() == roundTrip && dial.info() == null;
  }

  private ConnectionDraft identified(long id) {
    ConnectionDraft known = byId.get(id);
    if (known == null) {
      known = add(new ConnectionDraft(id));
      byId.put(id, known);
    }
    return known;
  }

  private ConnectionDraft add(ConnectionDraft connection) {
    all.add(connection);
    return connection;
  }
}
