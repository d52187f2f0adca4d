package io.httptrace.timeline;

import io.httptrace.ConnectionInfo;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a connection that this request dialled, or used, or both: also what happened
 * after the round trip that dialled it had ended.
 */
public final class ConnectionRecord {
  private final long id;
  private final int dialledBy;
  private final boolean abandoned;
  private final List<Phase> phases;
  private final List<Integer> usedBy;
  private final @Nullable ConnectionInfo info;
  private final List<TraceEvent> lateEvents;

  ConnectionRecord(ConnectionDraft draft, List<Phase> phases, boolean abandoned) {
    this.id = draft.id();
    this.dialledBy = draft.dialledBy();
    this.abandoned = abandoned;
    this.phases = List.copyOf(phases);
    this.usedBy = List.copyOf(draft.usedBy());
    this.info = draft.info();
    this.lateEvents = List.copyOf(draft.lateEvents());
  }

  /** {@return its id; empty if the client did not say it, as is possible for a failed dial} */
  public OptionalLong id() {
    return id > 0 ? OptionalLong.of(id) : OptionalLong.empty();
  }

  /**
   * {@return the number of the round trip that dialled it; empty if it was not dialled by this
   * request}
   */
  public OptionalInt dialledBy() {
    return dialledBy > 0 ? OptionalInt.of(dialledBy) : OptionalInt.empty();
  }

  /** {@return the numbers of the round trips that got it, in this order; unmodifiable} */
  public List<Integer> usedBy() {
    return usedBy;
  }

  /**
   * {@return whether it is an abandoned dial: the round trip that dialled it got another connection
   * before this dial had failed, or ended without a connection while this dial went on}
   *
   * <p>An abandoned dial may still succeed, and a later round trip may use its connection. A dial
   * that was stopped because its request ended is not abandoned.
   */
  public boolean abandoned() {
    return abandoned;
  }

  /**
   * {@return the phases of the dial, by start; unmodifiable} Here they have their own ends, also
   * where the round trip shows them as {@link PhaseOutcome#CUT}. Empty if it was not dialled by
   * this request.
   */
  public List<Phase> phases() {
    return phases;
  }

  /** {@return the connect attempts: the {@link #phases()} of kind {@link PhaseKind#CONNECT}} */
  public List<Phase> attempts() {
    return phases.stream().filter(phase -> phase.kind() == PhaseKind.CONNECT).toList();
  }

  /** {@return the connection as the last round trip got it; null if no round trip got it} */
  public @Nullable ConnectionInfo info() {
    return info;
  }

  /** {@return the events that came after the end of the round trip they belong to; unmodifiable} */
  public List<TraceEvent> lateEvents() {
    return lateEvents;
  }

  @Override
  public String toString() {
    return "{"
        + (id > 0 ? "#" + id : "#?")
        + (dialledBy > 0 ? " DialledBy:" + dialledBy : "")
        + " UsedBy:"
        + usedBy
        + (abandoned ? " Abandoned" : "")
        + " "
        + phases
        + "}";
  }
}
