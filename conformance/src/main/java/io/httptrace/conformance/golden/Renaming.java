package io.httptrace.conformance.golden;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.golden.Order.Occurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** New names of events, and the numbers of their occurrences where several get the same name. */
final class Renaming {
  private final UnaryOperator<String> names;
  private final Map<Occurrence, Occurrence> numbered = new HashMap<>();
  private final Set<String> unordered = new HashSet<>();

  Renaming(Order order, UnaryOperator<String> names, Map<String, Range> counts) {
    this.names = names;
    Map<String, List<String>> groups = new HashMap<>();
    counts
        .keySet()
        .forEach(e -> groups.computeIfAbsent(names.apply(e), n -> new ArrayList<>()).add(e));
    groups.forEach(
        (name, events) -> {
          if (events.size() > 1) {
            number(name, events, order, counts);
          }
        });
  }

  private void number(String name, List<String> events, Order order, Map<String, Range> counts) {
    List<Occurrence> all = new ArrayList<>();
    for (String event : events) {
      Range count = requireNonNull(counts.get(event));
      if (count.min() != count.max()) {
        unordered.addAll(events);
        return;
      }
      for (int i = 1; i <= count.max(); i++) {
        all.add(new Occurrence(event, i));
      }
    }
    for (Occurrence one : all) {
      int before = 0;
      for (Occurrence other : all) {
        boolean comesBefore = !other.equals(one) && comesBefore(other, one, order);
        if (!comesBefore && !other.equals(one) && !comesBefore(one, other, order)) {
          unordered.addAll(events);
          return;
        }
        before += comesBefore ? 1 : 0;
      }
      Occurrence renamed = new Occurrence(name, before + 1);
      numbered.put(one, renamed);
      if (one.number() == requireNonNull(counts.get(one.event())).max()) {
        numbered.put(new Occurrence(one.event(), Occurrence.LAST), renamed);
      }
    }
  }

  private static boolean comesBefore(Occurrence one, Occurrence other, Order order) {
    return one.event().equals(other.event())
        ? one.number() < other.number()
        : order.isKnown(one, other);
  }

  boolean isUnordered(Occurrence o) {
    return unordered.contains(o.event());
  }

  Occurrence of(Occurrence o) {
    Occurrence other = numbered.get(o);
    return other != null ? other : new Occurrence(names.apply(o.event()), o.number());
  }
}
