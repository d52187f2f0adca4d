package io.httptrace.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a timeline from recorded calls. */
final class TimelineBuilder {
  /** A limit for offsets of odd stamps, so that sums of a few offsets do not overflow. */
  private static final long MAX_OFFSET = Long.MAX_VALUE / 4;

  private final EventPairing pairing = new EventPairing();
  private final long asOf;

  private TimelineBuilder(List<TraceEvent> events, long asOf) {
    this.asOf = asOf;
    events.forEach(pairing::take);
  }

  static Timeline build(EventLog.Snapshot snapshot) {
    long first = firstStamp(snapshot);
    List<TraceEvent> events =
        snapshot.calls().stream()
            .map(call -> new TraceEvent(call, offset(stamp(call, snapshot), first)))
            .sorted(Comparator.comparingLong(TraceEvent::offsetNanos))
            .toList();
    long last = events.isEmpty() ? 0 : events.get(events.size() - 1).offsetNanos();
    long now = offset(snapshot.nanoTime() - snapshot.anchorNanos(), first);
    long asOf = snapshot.droppedCalls() > 0 ? last : Math.max(last, now);
    TimelineBuilder builder = new TimelineBuilder(events, asOf);
    List<RoundTrip> roundTrips = builder.roundTrips();
    Instant startedAt = snapshot.anchorInstant().plusNanos(events.isEmpty() ? 0 : first);
    return new Timeline(
        startedAt,
        roundTrips,
        builder.connections(),
        events,
        builder.length(roundTrips),
        snapshot.droppedCalls());
  }

  /** A stamp relative to the anchor: clock values may wrap around, differences do not. */
  private static long stamp(RecordedCall call, EventLog.Snapshot snapshot) {
    return call.stamp().nanoTime() - snapshot.anchorNanos();
  }

  private static long firstStamp(EventLog.Snapshot snapshot) {
    return snapshot.calls().stream().mapToLong(call -> stamp(call, snapshot)).min().orElse(0);
  }

  private static long offset(long stamp, long first) {
    long offset = stamp - first;
    if (offset < 0) {
      return stamp < first ? 0 : MAX_OFFSET;
    }
    return Math.min(offset, MAX_OFFSET);
  }

  private List<RoundTrip> roundTrips() {
    return pairing.roundTrips().stream()
        .map(draft -> new RoundTripBuilder(draft, closing(draft), dialsOf(draft)).build())
        .sorted(Comparator.comparingInt(RoundTrip::number))
        .toList();
  }

  private EndOfRoundTrip closing(RoundTripDraft roundTrip) {
    return roundTrip.closing(asOf, pairing.isFollowed(roundTrip));
  }

  private List<ConnectionDraft> dialsOf(RoundTripDraft roundTrip) {
    return pairing.connections().stream().filter(dial -> dial.dialler() == roundTrip).toList();
  }

  private List<ConnectionRecord> connections() {
    List<ConnectionRecord> records = new ArrayList<>();
    for (ConnectionDraft draft : pairing.connections()) {
      RoundTripDraft roundTrip = draft.dialler();
      boolean abandoned =
          roundTrip != null && RoundTripBuilder.isAbandoned(roundTrip, draft, closing(roundTrip));
      records.add(new ConnectionRecord(draft, draft.phasesWithOwnEnds(asOf, abandoned), abandoned));
    }
    return records;
  }

  private long length(List<RoundTrip> roundTrips) {
    return roundTrips.stream().mapToLong(roundTrip -> roundTrip.end().toNanos()).max().orElse(0);
  }
}
