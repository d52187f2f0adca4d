package io.httptrace.timeline;

import io.httptrace.EventStamp;
import io.httptrace.Hook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a recorder, in the order in which they came in, up to a limit. Safe for use by
 * several threads; nothing foreign is called while the lock is held.
 */
final class EventLog {
  private final LongSupplier nanoTime;
  private final int maxEvents;
  private final @Nullable Consumer<TraceEvent> listener;
  private final Instant anchorInstant;
  private final long anchorNanos;

  // Guarded by this.
  private final EventTape tape;
  private @Nullable Map<Long, Long> dropped;
  private boolean begun;
  private long firstNanos;

  EventLog(
      LongSupplier nanoTime,
      InstantSource wallClock,
      int maxEvents,
      @Nullable Consumer<TraceEvent> listener) {
    this.nanoTime = nanoTime;
    this.maxEvents = maxEvents;
    this.listener = listener;
    this.anchorInstant = wallClock.instant();
    this.anchorNanos = nanoTime.getAsLong();
    this.tape = new EventTape(anchorNanos);
  }

  /**
   * Takes a call.
   *
   * @param first the first argument; null if the hook has none
   * @param second the second argument; null if the hook has fewer
   * @param third the third argument; null if the hook has fewer
   */
  void add(Hook hook, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
    long nanoTime = EventStamp.currentNanoTime();
    long requestId = EventStamp.currentRequestId();
    int roundTrip = EventStamp.currentRoundTrip();
    long connectionId = EventStamp.currentConnectionId();
    long offset;
    synchronized (this) {
      offset = offset(nanoTime);
      if (tape.size() < maxEvents) {
        tape.add(hook, nanoTime, requestId, roundTrip, connectionId);
        tape.arguments(hook.parameterCount(), first, second, third);
      } else {
        drop(requestId);
      }
    }
    Consumer<TraceEvent> told = listener;
    if (told != null) {
      EventStamp stamp = EventStamp.of(nanoTime, roundTrip, connectionId).withRequestId(requestId);
      told.accept(new TraceEvent(RecordedCall.of(hook, stamp, first, second, third), offset));
    }
  }

  boolean hasListener() {
    return listener != null;
  }

  private void drop(long requestId) {
    Map<Long, Long> counts = dropped == null ? new LinkedHashMap<>() : dropped;
    counts.merge(requestId, 1L, Long::sum);
    dropped = counts;
  }

  /** {@return how long after the first call a call happened; not negative} */
  private long offset(long nanoTime) {
    if (!begun) {
      begun = true;
      firstNanos = nanoTime;
    }
    return Math.max(0, nanoTime - firstNanos);
  }

  synchronized int size() {
    return tape.size();
  }

  Snapshot snapshot() {
    long now = nanoTime.getAsLong();
    synchronized (this) {
      return new Snapshot(
          tape.calls(),
          dropped == null ? Map.of() : Map.copyOf(dropped),
          anchorInstant,
          anchorNanos,
          now);
    }
  }

  /**
   * What has been recorded up to a moment.
   *
   * @param calls the calls, as they came in
   * @param dropped how many calls of each request came after the limit had been reached
   * @param anchorInstant the wall clock when the recorder was made
   * @param anchorNanos the monotonic clock at the same moment
   * @param nanoTime the monotonic clock when the snapshot was taken
   */
  record Snapshot(
      List<RecordedCall> calls,
      Map<Long, Long> dropped,
      Instant anchorInstant,
      long anchorNanos,
      long nanoTime) {

    /** {@return the numbers of the requests, in the order in which they began} */
    List<Long> requests() {
      Set<Long> requests = new LinkedHashSet<>();
      calls.forEach(call -> requests.add(call.stamp().requestId()));
      dropped.keySet().stream().sorted().forEach(requests::add);
      return List.copyOf(requests);
    }

    /** {@return what of this belongs to a request} */
    Snapshot of(long request) {
      List<RecordedCall> own =
          calls.stream().filter(call -> call.stamp().requestId() == request).toList();
      Long missing = dropped.get(request);
      return new Snapshot(
          own,
          missing == null ? Map.of() : Map.of(request, missing),
          anchorInstant,
          anchorNanos,
          nanoTime);
    }

    /** {@return how many calls came after the limit had been reached} */
    long droppedCalls() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
