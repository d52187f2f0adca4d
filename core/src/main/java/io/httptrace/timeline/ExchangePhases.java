package io.httptrace.timeline;

import io.httptrace.RoundTripOutcome;
import io.httptrace.WroteRequestInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phases without a pair of start and end hooks: queue, request, wait and response. Other hooks
 * define their starts and ends; some of these may be missing, or come in another order.
 */
final class ExchangePhases {
  private final RoundTripDraft roundTrip;
  private final EndOfRoundTrip closing;
  private final List<Phase> phases = new ArrayList<>();

  private ExchangePhases(RoundTripDraft roundTrip, EndOfRoundTrip closing) {
    this.roundTrip = roundTrip;
    this.closing = closing;
  }

  static List<Phase> of(RoundTripDraft roundTrip, EndOfRoundTrip closing) {
    ExchangePhases exchange = new ExchangePhases(roundTrip, closing);
    exchange.queue();
    exchange.request();
    exchange.waiting();
    exchange.response();
    return exchange.phases;
  }

  private long connectionId() {
    ConnectionDraft connection = roundTrip.connection();
    return connection == null ? 0 : connection.id();
  }

  private void ended(PhaseKind kind, long start, long end, @Nullable Throwable error) {
    PhaseDraft draft = new PhaseDraft(kind, start, connectionId());
    draft.end(end, error);
    phases.add(Phase.ended(draft, kind, false));
  }

  private void open(PhaseKind kind, long start) {
    phases.add(Phase.open(new PhaseDraft(kind, start, connectionId()), kind, closing, false));
  }

  private void queue() {
    for (PhaseDraft queue : roundTrip.queues()) {
      phases.add(
          queue.isOpen()
              ? Phase.open(queue, PhaseKind.QUEUE, closing, false)
              : Phase.ended(queue, PhaseKind.QUEUE, false));
    }
  }

  /** From the connection obtained to the request written. */
  private void request() {
    long start = roundTrip.gotConnAt();
    WroteRequestInfo wrote = roundTrip.wroteRequest();
    if (start == RoundTripDraft.ABSENT) {
      return;
    }
    if (wrote == null) {
      open(PhaseKind.REQUEST, start);
    } else if (roundTrip.wroteRequestAt() >= start) {
      ended(PhaseKind.REQUEST, start, roundTrip.wroteRequestAt(), wrote.error());
    }
  }

  /** From the request written to the first byte; absent if the first byte came before. */
  private void waiting() {
    WroteRequestInfo wrote = roundTrip.wroteRequest();
    if (wrote == null || wrote.error() != null) {
      return;
    }
    long start = roundTrip.wroteRequestAt();
    long end = roundTrip.responseAt();
    if (end == RoundTripDraft.ABSENT) {
      if (roundTrip.outcome() != RoundTripOutcome.COMPLETED) {
        open(PhaseKind.WAIT, start);
      }
    } else if (end >= start) {
      ended(PhaseKind.WAIT, start, end, null);
    }
  }

  /** From the first byte to the end of the round trip. */
  private void response() {
    long start = roundTrip.responseAt();
    if (start == RoundTripDraft.ABSENT) {
      return;
    }
    if (roundTrip.done() != null && roundTrip.outcome() == RoundTripOutcome.COMPLETED) {
      ended(PhaseKind.RESPONSE, start, closing.at(), null);
    } else if (roundTrip.done() == null && roundTrip.idleAt() >= start) {
      ended(PhaseKind.RESPONSE, start, roundTrip.idleAt(), null);
    } else {
      open(PhaseKind.RESPONSE, start);
    }
  }
}
