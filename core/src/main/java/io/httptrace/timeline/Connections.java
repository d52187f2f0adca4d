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

  /** The connection whose dial a phase belongs to: by its id, or else the dial the leg is at. */
  ConnectionDraft dialling(LegDraft leg, PhaseDraft phase) {
    if (phase.connectionId() > 0) {
      return identified(phase.connectionId());
    }
    ConnectionDraft dial = lastUnidentified(leg);
    return dial != null && dial.canStart(phase.kind()) ? dial : add(new ConnectionDraft(0));
  }

  /** The phase that an event ends; null if there is none. */
  @Nullable OpenPhase open(TraceEvent event, LegDraft leg, Predicate<PhaseDraft> which) {
    long id = event.scope().connectionId();
    if (id > 0) {
      OpenPhase open = firstOpen(dial -> dial.id() == id, which);
      return open != null
          ? open
          : firstOpen(dial -> dial.id() == 0 && dial.dialler() == leg, which);
    }
    OpenPhase open = firstOpen(dial -> dial.dialler() == leg, which);
    boolean legIsKnown = event.scope().roundTrip() > 0;
    return open != null || legIsKnown ? open : firstOpen(dial -> true, which);
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

  /** The connection that a leg has got; a new one may be the result of a dial without an id. */
  ConnectionDraft obtained(LegDraft leg, GotConnInfo info, long at) {
    ConnectionInfo connection = info.connection();
    ConnectionDraft known = byId.get(connection.id());
    if (known != null) {
      return known;
    }
    ConnectionDraft dial = info.reused() ? null : dialOf(leg, connection, at);
    if (dial == null) {
      return connection.id() > 0 ? identified(connection.id()) : add(new ConnectionDraft(0));
    }
    if (connection.id() > 0) {
      dial.identify(connection.id());
      byId.put(connection.id(), dial);
    }
    return dial;
  }

  /** The last dial that has connected to the address, or else the first that has connected. */
  private @Nullable ConnectionDraft dialOf(LegDraft leg, ConnectionInfo connection, long at) {
    ConnectionDraft found = null;
    for (ConnectionDraft dial : all) {
      boolean matches = isUnidentified(dial, leg) && dial.canHaveConnectedBy(at);
      boolean better = dial.hasConnectedTo(connection.remoteAddress());
      if (matches && (found == null || better)) {
        found = dial;
      }
    }
    return found;
  }

  /** The connection of an event that changes nothing about its leg any more. */
  @Nullable ConnectionDraft ofEvent(TraceEvent event, LegDraft leg) {
    ConnectionDraft connection = byId.get(event.scope().connectionId());
    return connection != null ? connection : leg.connection();
  }

  private @Nullable ConnectionDraft lastUnidentified(LegDraft leg) {
    ConnectionDraft last = null;
    for (ConnectionDraft dial : all) {
      if (isUnidentified(dial, leg)) {
        last = dial;
      }
    }
    return last;
  }

  private static boolean isUnidentified(ConnectionDraft dial, LegDraft leg) {
    return dial.id() == 0 && dial.dialler() == leg && dial.info() == null;
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
