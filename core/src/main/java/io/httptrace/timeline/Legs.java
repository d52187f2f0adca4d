package io.httptrace.timeline;

import io.httptrace.RoundTripStartInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The legs so far, and which of them an event belongs to: the one whose number it has; or else the
 * one that last used its connection; or else the one that began last.
 */
final class Legs {
  private final List<LegDraft> all = new ArrayList<>();
  private final Map<Integer, LegDraft> byNumber = new HashMap<>();
  private final Map<Long, LegDraft> lastUserOf = new HashMap<>();
  private int highest;

  List<LegDraft> all() {
    return all;
  }

  /** Whether a leg with a higher number has begun, so that this one is over. */
  boolean isFollowed(LegDraft leg) {
    return leg.number() < highest;
  }

  void uses(LegDraft leg, long connectionId) {
    if (connectionId > 0) {
      lastUserOf.put(connectionId, leg);
    }
  }

  /** The leg of an event; the very first event begins one, whatever it is. */
  LegDraft of(TraceEvent event) {
    int number = event.scope().roundTrip();
    if (number > 0) {
      return numbered(number, event);
    }
    LegDraft user = lastUserOf.get(event.scope().connectionId());
    if (user != null) {
      return user;
    }
    LegDraft current = current();
    return current != null ? current : begin(highest + 1, event);
  }

  /**
   * The leg of an event with which a leg may begin. Without a number it does if there is no leg
   * yet, or if the last one is past its writing and so cannot ask for another connection.
   */
  LegDraft opening(TraceEvent event) {
    int number = event.scope().roundTrip();
    if (number > 0) {
      return numbered(number, event);
    }
    LegDraft current = current();
    return current != null && !current.isPastItsWriting() ? current : begin(highest + 1, event);
  }

  /**
   * The leg that begins with this event, or that has begun with another one just before. A number
   * that has been started already is a repetition, not a new leg.
   */
  LegDraft starting(TraceEvent event, RoundTripStartInfo info) {
    int number = event.scope().roundTrip();
    if (number > 0) {
      return numbered(number, event);
    }
    LegDraft same = byNumber.get(info.attempt());
    if (same == null) {
      return begin(info.attempt() > 0 ? info.attempt() : highest + 1, event);
    }
    return same.isOver() && !same.isStarted() ? begin(highest + 1, event) : same;
  }

  private LegDraft numbered(int number, TraceEvent event) {
    LegDraft leg = byNumber.get(number);
    return leg != null ? leg : begin(number, event);
  }

  private LegDraft begin(int number, TraceEvent event) {
    LegDraft leg = new LegDraft(number, event.offsetNanos());
    all.add(leg);
    byNumber.put(number, leg);
    highest = Math.max(highest, number);
    return leg;
  }

  private @Nullable LegDraft current() {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }
}
