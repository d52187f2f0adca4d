package io.httptrace.timeline;

import io.httptrace.RoundTripStartInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The round trips so far, and which of them an event belongs to: the one with its number; or else
 * the one that last used its connection; or else the one that began last.
 */
final class RoundTripDrafts {
  private final List<RoundTripDraft> all = new ArrayList<>();
  private final Map<Integer, RoundTripDraft> byNumber = new HashMap<>();
  private final Map<Long, RoundTripDraft> lastUserOf = new HashMap<>();
  private int highest;

  List<RoundTripDraft> all() {
    return all;
  }

  /** Whether a round trip with a higher number has begun, so that this one is over. */
  boolean isFollowed(RoundTripDraft roundTrip) {
    return roundTrip.number() < highest;
  }

  void uses(RoundTripDraft roundTrip, long connectionId) {
    if (connectionId > 0) {
      lastUserOf.put(connectionId, roundTrip);
    }
  }

  /** The round trip of an event. The first event of all begins one, whichever hook it is. */
  RoundTripDraft of(TraceEvent event) {
    int number = event.stamp().roundTrip();
    if (number > 0) {
      return numbered(number, event);
    }
    RoundTripDraft user = lastUserOf.get(event.stamp().connectionId());
    if (user != null) {
      return user;
    }
    RoundTripDraft current = current();
    return current != null ? current : begin(highest + 1, event);
  }

  /**
   * The round trip of an event that may begin one. An event without a number does so if there is no
   * round trip yet, or if the last one has begun to write and so cannot ask for another connection.
   */
  RoundTripDraft opening(TraceEvent event) {
    int number = event.stamp().roundTrip();
    if (number > 0) {
      return numbered(number, event);
    }
    RoundTripDraft current = current();
    return current != null && !current.isPastItsWriting() ? current : begin(highest + 1, event);
  }

  /**
   * The round trip that begins with this event, or has begun with the event before. A number that
   * has been started already is a repetition, not a new round trip.
   */
  RoundTripDraft starting(TraceEvent event, RoundTripStartInfo info) {
    int number = event.stamp().roundTrip();
    if (number > 0) {
      return numbered(number, event);
    }
    RoundTripDraft same = byNumber.get(info.number());
    if (same == null) {
      return begin(info.number() > 0 ? info.number() : highest + 1, event);
    }
    return same.isOver() && !same.isStarted() ? begin(highest + 1, event) : same;
  }

  private RoundTripDraft numbered(int number, TraceEvent event) {
    RoundTripDraft roundTrip = byNumber.get(number);
    return roundTrip != null ? roundTrip : begin(number, event);
  }

  private RoundTripDraft begin(int number, TraceEvent event) {
    RoundTripDraft roundTrip = new RoundTripDraft(number, event.offsetNanos());
    all.add(roundTrip);
    byNumber.put(number, roundTrip);
    highest = Math.max(highest, number);
    return roundTrip;
  }

  private @Nullable RoundTripDraft current() {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }
}
