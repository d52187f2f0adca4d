package io.httptrace.conformance.golden;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** Gives events other names. */
  void rename(UnaryOperator<String> names) {
    List<Pair> old = new ArrayList<>(pairs);
    pairs.clear();
    for (Pair p : old) {
      Occurrence a = new Occurrence(names.apply(p.first.event), p.first.number);
      Occurrence b = new Occurrence(names.apply(p.second.event), p.second.number);
      pairs.add(new Pair(a, b));
    }
  }

  /** Removes events; those before a removed one still come before those after it. */
  void remove(Predicate<String> events) {
    Set<Occurrence> gone = new LinkedHashSet<>();
    for (Pair p : pairs) {
      List.of(p.first, p.second).stream().filter(o -> events.test(o.event)).forEach(gone::add);
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
  void free(String one, String other) {
    for (Pair p : pairs()) {
      boolean between =
          (p.first.event.equals(one) && p.second.event.equals(other))
              || (p.first.event.equals(other) && p.second.event.equals(one));
      if (between) {
        List<Occurrence> before = before(p.first);
        List<Occurrence> after = after(p.second);
        pairs.remove(p);
        before.forEach(a -> pairs.add(new Pair(a, p.second)));
        after.forEach(b -> pairs.add(new Pair(p.first, b)));
      }
    }
  }

  private List<Occurrence> before(Occurrence o) {
    return pairs.stream().filter(p -> p.second.equals(o)).map(Pair::first).toList();
  }

  private List<Occurrence> after(Occurrence o) {
    return pairs.stream().filter(p -> p.first.equals(o)).map(Pair::second).toList();
  }
}
