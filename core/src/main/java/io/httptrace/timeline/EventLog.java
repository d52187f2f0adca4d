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
 * several threads; no code of a caller runs while the lock is held.
 */
final class EventLog implements EventStamp.Reader {
  private final LongSupplier clock;
  private final int maxEvents;
  private final @Nullable Consumer<TraceEvent> listener;
  private final Instant anchorInstant;
  private final long anchorNanos;

  // Guarded by this.
  private final EventBuffer buffer;
  private @Nullable Map<Long, Long> dropped;
  private boolean begun;
  private long firstNanos;

  // The stamp of the last call. Guarded by this.
  private long nanoTime;
  private long requestId;
  private long connectionId;
  private int roundTrip;

  EventLog(
      LongSupplier clock,
      InstantSource wallClock,
      int maxEvents,
      @Nullable Consumer<TraceEvent> listener) {
    this.clock = clock;
    this.maxEvents = maxEvents;
    this.listener = listener;
    this.anchorInstant = wallClock.instant();
    this.anchorNanos = clock.getAsLong();
    this.buffer = new EventBuffer(anchorNanos);
  }

  /**
   * Takes a call.
   *
   * @param first the first argument; null if the hook has none
   * @param second the second argument; null if the hook has fewer
   * @param third the third argument; null if the hook has fewer
   */
  void add(Hook hook, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
    Consumer<TraceEvent> told = listener;
    EventStamp stamp;
    long offset;
    synchronized (this) {
      EventStamp.readCurrent(this);
      if (!begun) {
        begun = true;
        firstNanos = nanoTime;
      }
      if (buffer.size() < maxEvents) {
        buffer.add(hook, nanoTime, requestId, roundTrip, connectionId);
        buffer.arguments(hook.parameterCount(), first, second, third);
      } else {
        drop();
      }
      if (told == null) {
        return;
      }
      stamp = EventStamp.of(nanoTime, roundTrip, connectionId).withRequestId(requestId);
      offset = Math.max(0, nanoTime - firstNanos);
    }
    told.accept(new TraceEvent(RecordedCall.of(hook, stamp, first, second, third), offset));
  }

  /** Takes the stamp of the call that is being added. */
  @Override
  public void read(long at, long request, int trip, long connection) {
    nanoTime = at;
    requestId = request;
    roundTrip = trip;
    connectionId = connection;
  }

  boolean hasListener() {
    return listener != null;
  }

  private void drop() {
    Map<Long, Long> counts = dropped == null ? new LinkedHashMap<>() : dropped;
    counts.merge(requestId, 1L, Long::sum);
    dropped = counts;
  }

  synchronized int size() {
    return buffer.size();
  }

  Snapshot snapshot() {
    long now = clock.getAsLong();
    synchronized (this) {
      return new Snapshot(
          buffer.calls(),
          dropped == null ? Map.of() : Map.copyOf(dropped),
          anchorInstant,
          anchorNanos,
          now);
    }
  }

  /**
   * What has been recorded so far.
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

    /** {@return the part that belongs to a request} */
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
