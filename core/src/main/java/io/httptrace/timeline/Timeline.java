package io.httptrace.timeline;

import io.httptrace.HookSupport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a request, and when. Immutable.
 *
 * <p>All times are counted from {@link #startedAt()}, the time of the first event, and come from a
 * monotonic clock: the wall clock is read once. None is negative. A value that did not happen, or
 * is not known, is absent (null or empty), never zero.
 */
public final class Timeline {
  private final Instant startedAt;
  private final List<RoundTrip> roundTrips;
  private final List<ConnectionRecord> connections;
  private final List<TraceEvent> events;
  private final long length;
  private final long droppedEvents;

  Timeline(
      Instant startedAt,
      List<RoundTrip> roundTrips,
      List<ConnectionRecord> connections,
      List<TraceEvent> events,
      long length,
      long droppedEvents) {
    this.startedAt = startedAt;
    this.roundTrips = List.copyOf(roundTrips);
    this.connections = List.copyOf(connections);
    this.events = List.copyOf(events);
    this.length = length;
    this.droppedEvents = droppedEvents;
  }

  /**
   * {@return when the first event happened, by the wall clock} Without an event: when the recorder
   * was made.
   */
  public Instant startedAt() {
    return startedAt;
  }

  /**
   * {@return the round trips: the first one and every retry, redirect and authentication round trip
   * that followed; by number, unmodifiable}
   */
  public List<RoundTrip> roundTrips() {
    return roundTrips;
  }

  /** {@return the connections that were dialled or used, in the order of their first event} */
  public List<ConnectionRecord> connections() {
    return connections;
  }

  /** {@return all events, in the order in which they happened; unmodifiable} */
  public List<TraceEvent> events() {
    return events;
  }

  /**
   * {@return the time from the first event to the end of the last round trip} If {@link #ended()}
   * is false, to the moment the timeline was made; null if there is no round trip. Events that came
   * after the end of the last round trip do not count.
   */
  public @Nullable Duration total() {
    return roundTrips.isEmpty() ? null : Duration.ofNanos(length);
  }

  /**
   * {@return the time from the first event to the first byte of the last round trip's response}
   * With redirects and retries it includes the round trips before; {@link
   * RoundTrip#timeToFirstByte()} does not. Null if the client did not report that byte.
   */
  public @Nullable Duration timeToFirstByte() {
    RoundTrip last = roundTrips.isEmpty() ? null : roundTrips.get(roundTrips.size() - 1);
    Duration ofLast = last == null ? null : last.timeToFirstByte();
    return last == null || ofLast == null ? null : last.start().plus(ofLast);
  }

  /**
   * {@return whether all round trips have ended} Between the end of a round trip and the start of
   * the next this is true as well: only the sender of the request knows that no other follows.
   */
  public boolean ended() {
    return !roundTrips.isEmpty() && roundTrips.stream().allMatch(RoundTrip::ended);
  }

  /**
   * {@return how well the client can report each hook, from the first round trip that says it; null
   * if none says it} Also explains missing events: see {@link RoundTrip#notObservable()}.
   */
  public @Nullable HookSupport hookSupport() {
    for (RoundTrip roundTrip : roundTrips) {
      if (roundTrip.hookSupport() != null) {
        return roundTrip.hookSupport();
      }
    }
    return null;
  }

  /**
   * {@return how many events are missing because the recorder was full} If it is not 0, the
   * timeline ends with the last event that was kept.
   */
  public long droppedEvents() {
    return droppedEvents;
  }

  /** {@return one line for each round trip, masked} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Timeline[").append(startedAt);
    if (!roundTrips.isEmpty()) {
      text.append(String.format(Locale.ROOT, " %.3fms", length / 1e6));
    }
    for (RoundTrip roundTrip : roundTrips) {
      text.append("\n  ").append(roundTrip);
    }
    return text.append(']').toString();
  }
}
