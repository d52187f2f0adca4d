package io.httptrace.timeline;

import io.httptrace.EventScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The calls of a recorder, in the order in which they came in, up to a limit. Safe for use by
 * several threads; nothing foreign is called while the lock is held.
 */
final class EventLog {
  private final LongSupplier nanoTime;
  private final int maxEvents;
  private final Consumer<TraceEvent> listener;
  private final Instant anchorInstant;
  private final long anchorNanos;

  // Guarded by this.
  private final List<RecordedCall> calls = new ArrayList<>();
  private long dropped;
  private boolean begun;
  private long firstNanos;

  EventLog(
      LongSupplier nanoTime,
      InstantSource wallClock,
      int maxEvents,
      Consumer<TraceEvent> listener) {
    this.nanoTime = nanoTime;
    this.maxEvents = maxEvents;
    this.listener = listener;
    this.anchorInstant = wallClock.instant();
    this.anchorNanos = nanoTime.getAsLong();
  }

  void add(String hook, RecordedCall.Arguments arguments) {
    RecordedCall call = new RecordedCall(hook, EventScope.current(), arguments);
    listener.accept(new TraceEvent(call, keep(call)));
  }

  /** Keeps a call if there is room, and returns how long after the first one kept it happened. */
  private synchronized long keep(RecordedCall call) {
    long stamp = call.scope().nanoTime();
    if (!begun) {
      begun = true;
      firstNanos = stamp;
    }
    if (calls.size() < maxEvents) {
      calls.add(call);
    } else {
      dropped++;
    }
    return Math.max(0, stamp - firstNanos);
  }

  Snapshot snapshot() {
    long now = nanoTime.getAsLong();
    synchronized (this) {
      return new Snapshot(List.copyOf(calls), dropped, anchorInstant, anchorNanos, now);
    }
  }

  /**
   * What has been recorded up to a moment.
   *
   * @param calls the calls, as they came in
   * @param dropped how many calls came after the limit had been reached
   * @param anchorInstant the wall clock when the recorder was made
   * @param anchorNanos the monotonic clock at the same moment
   * @param nanoTime the monotonic clock when the snapshot was taken
   */
  record Snapshot(
      List<RecordedCall> calls,
      long dropped,
      Instant anchorInstant,
      long anchorNanos,
      long nanoTime) {}
}
