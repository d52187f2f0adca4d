package io.httptrace.conformance.golden;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The order of events: pairs of occurrences, of which one comes before the other. */
final class Order {
  private static final Pattern NUMBERED = Pattern.compile("(.*)#(\\d+|first|last)");

  /** One occurrence of an event, from 1, or the last one. */
  record Occurrence(String event, int number) {
    static final int LAST = Integer.MAX_VALUE;

    static Occurrence parse(String text) {
      Matcher matcher = NUMBERED.matcher(text);
      if (!matcher.matches()) {
        return new Occurrence(text, 1);
      }
      int number =
          switch (matcher.group(2)) {
            case "first" -> 1;
            case "last" -> LAST;
            default -> Integer.parseInt(matcher.group(2));
          };
      return new Occurrence(matcher.group(1), number);
    }

    @Override
    public String toString() {
      return switch (number) {
        case 1 -> event;
        case LAST -> event + "#last";
        default -> event + "#" + number;
      };
    }
  }

  /** The first one comes before the second one. */
  record Pair(Occurrence first, Occurrence second) {
    static Pair parse(String text) {
      int at = text.indexOf(" < ");
      return new Pair(
          Occurrence.parse(text.substring(0, at)), Occurrence.parse(text.substring(at + 3)));
    }

    @Override
    public String toString() {
      return first + " < " + second;
    }
  }

  private final Set<Pair> pairs = new LinkedHashSet<>();

  Order(List<String> lines) {
    lines.forEach(line -> pairs.add(Pair.parse(line)));
  }

  List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  /**
   * Gives events other names. If several events get the same name, their occurrences are numbered
   * anew; if their order is not known, they are in no order with anything from now on.
   *
   * @param names the new names
   * @param counts how often each event happens
   */
  void rename(UnaryOperator<String> names, Map<String, Range> counts) {
    Renaming renaming = new Renaming(this, names, counts);
    removeOccurrences(renaming::isUnordered);
    List<Pair> old = pairs();
    pairs.clear();
    for (Pair p : old) {
      pairs.add(new Pair(renaming.of(p.first), renaming.of(p.second)));
    }
  }

  /** {@return whether one comes before the other, by one pair or by a chain of them} */
  boolean isKnown(Occurrence first, Occurrence second) {
    Set<Occurrence> reached = new LinkedHashSet<>(Set.of(first));
    Deque<Occurrence> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      Occurrence at = next.remove();
      if (at.event.equals(second.event) && at.number <= second.number) {
        return true;
      }
      for (Pair p : pairs) {
        boolean follows = p.first.event.equals(at.event) && p.first.number >= at.number;
        if (follows && reached.add(p.second)) {
          next.add(p.second);
        }
      }
    }
    return false;
  }

  /** Frees events from their order with others, but for the start of a phase before its end. */
  void relax(Predicate<String> events) {
    List<Pair> phases = new ArrayList<>();
    for (Pair p : pairs) {
      boolean concerned = events.test(p.first.event) || events.test(p.second.event);
      if (concerned && phase(p.first, "Start").equals(phase(p.second, "Done"))) {
        phases.add(p);
      }
    }
    remove(events);
    pairs.addAll(phases);
  }

  /**
   * {@return the request and the phase, such as {@code r1.connect}; itself if it is no such end}
   */
  private static String phase(Occurrence o, String end) {
    int at = o.event.indexOf('(');
    String name = at < 0 ? o.event : o.event.substring(0, at);
    return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : o.toString();
  }

  /** Removes events; those before a removed one still come before those after it. */
  void remove(Predicate<String> events) {
    removeOccurrences(o -> events.test(o.event));
  }

  private void removeOccurrences(Predicate<Occurrence> events) {
    Set<Occurrence> gone = new LinkedHashSet<>();
    for (Pair p : pairs) {
      List.of(p.first, p.second).stream().filter(events).forEach(gone::add);
    }
    gone.forEach(this::bridge);
  }

  private void bridge(Occurrence gone) {
    List<Occurrence> before = before(gone);
    List<Occurrence> after = after(gone);
    pairs.removeIf(p -> p.first.equals(gone) || p.second.equals(gone));
    before.forEach(a -> after.forEach(b -> pairs.add(new Pair(a, b))));
  }

  /** Lets two events come in any order, and keeps their order to all others. */
  void free(Predicate<String> one, Predicate<String> other) {
    Predicate<Pair> between =
        p ->
            (one.test(p.first.event) && other.test(p.second.event))
                || (other.test(p.first.event) && one.test(p.second.event));
    // What takes the place of a pair may be such a pair, too, of events that are further apart.
    for (Pair p = next(between); p != null; p = next(between)) {
      Pair freed = p;
      List<Occurrence> before = before(freed.first);
      List<Occurrence> after = after(freed.second);
      pairs.remove(freed);
      before.forEach(a -> pairs.add(new Pair(a, freed.second)));
      after.forEach(b -> pairs.add(new Pair(freed.first, b)));
    }
  }

  private @Nullable Pair next(Predicate<Pair> wanted) {
    return pairs.stream().filter(wanted).findFirst().orElse(null);
  }

  private List<Occurrence> before(Occurrence o) {
    return pairs.stream().filter(p -> p.second.equals(o)).map(Pair::first).toList();
  }

  private List<Occurrence> after(Occurrence o) {
    return pairs.stream().filter(p -> p.first.equals(o)).map(Pair::second).toList();
  }
}
