package io.httptrace.conformance.golden;

import io.httptrace.conformance.golden.Order.Occurrence;
import io.httptrace.conformance.log.LoggedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Compares the order of a run's events with a recorded one: by the places in the log, but by the
 * stamps as soon as one of two events is of a hook that is told late.
 */
final class OrderCheck {
  private record Place(int index, LoggedEvent event) {}

  private final Predicate<String> isStamped;
  private final Map<Occurrence, Place> places = new HashMap<>();
  private final List<String> fromTheFuture = new ArrayList<>();

  OrderCheck(List<LoggedEvent> events, Predicate<String> isStamped) {
    this.isStamped = isStamped;
    Map<String, List<Place>> sameEvents = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      LoggedEvent event = events.get(i);
      sameEvents.computeIfAbsent(event.text(), t -> new ArrayList<>()).add(new Place(i, event));
      if (event.happened() - event.logged() > 0) {
        fromTheFuture.add(event + ": its stamp is later than its call");
      }
    }
    sameEvents.forEach(this::number);
  }

  private void number(String text, List<Place> same) {
    if (isStamped.test(text)) {
      same.sort((a, b) -> Long.signum(a.event().happened() - b.event().happened()));
    }
    for (int i = 0; i < same.size(); i++) {
      places.put(new Occurrence(text, i + 1), same.get(i));
    }
    places.put(new Occurrence(text, Occurrence.LAST), same.get(same.size() - 1));
  }

  void addViolations(Collection<Order.Pair> pairs, List<String> violations) {
    violations.addAll(fromTheFuture);
    for (Order.Pair pair : pairs) {
      Place first = places.get(pair.first());
      Place second = places.get(pair.second());
      if (first != null && second != null && isWrong(first, second)) {
        violations.add("expected " + pair + ", but it was the other way round");
      }
    }
  }

  private boolean isWrong(Place first, Place second) {
    if (isStamped.test(first.event().text()) || isStamped.test(second.event().text())) {
      return first.event().happened() - second.event().happened() > 0;
    }
    return first.index() > second.index();
  }
}
