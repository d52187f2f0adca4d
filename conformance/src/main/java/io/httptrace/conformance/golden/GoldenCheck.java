package io.httptrace.conformance.golden;

import io.httptrace.conformance.Deviation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Compares a run with a recording: every event must come as often as in the recorded runs, no other
 * event may come, and if one event came before another in all of them, it must do so again. Where a
 * client differs on purpose, a {@link Deviation} changes what is expected.
 */
public final class GoldenCheck {
  private static final Pattern RESUME = Pattern.compile(" didResume=(true|false)");

  private final GoldenRecording recording;
  private final ErrorSynonyms words = new ErrorSynonyms();
  private final Map<String, Range> counts = new LinkedHashMap<>();
  private final Order order;

  private GoldenCheck(GoldenRecording recording) {
    this.recording = recording;
    recording.invariants().counts().forEach((event, bounds) -> counts.put(event, Range.of(bounds)));
    order = new Order(recording.invariants().order());
    recording.comparison().mergeErrors().forEach(words::merge);
    recording.comparison().relax().forEach(this::relax);
  }

  /**
   * {@return a check against a recording}
   *
   * @param recording the recording
   * @param deviations where the client differs on purpose; those for other recordings are ignored
   * @param absentHooks the hooks that the client lacks; they must not be called
   */
  public static GoldenCheck of(
      GoldenRecording recording, List<Deviation> deviations, Collection<String> absentHooks) {
    GoldenCheck check = new GoldenCheck(recording);
    deviations.stream()
        .filter(d -> d.concerns(recording.name()))
        .flatMap(d -> d.changes().stream())
        .forEach(check::apply);
    check.remove(event -> absentHooks.contains(hook(event)));
    return check;
  }

  /**
   * {@return whether everything that must happen before the end has happened}
   *
   * @param events the events so far
   */
  public boolean complete(List<String> events) {
    Map<String, Integer> seen = count(normalised(events));
    return counts.entrySet().stream()
        .filter(e -> !e.getKey().equals("done"))
        .allMatch(e -> seen.getOrDefault(e.getKey(), 0) >= e.getValue().min());
  }

  /**
   * {@return the differences, one line for each; empty if there are none}
   *
   * @param events all events of the run
   * @param servers how often servers accepted a connection ({@code accept NAME}) or got a request
   *     ({@code request NAME}), or were asked for a target by name ({@code socks-addr name}); a
   *     missing entry counts as 0
   */
  public List<String> violations(List<String> events, Map<String, Integer> servers) {
    List<String> normalised = normalised(events);
    List<String> violations = new ArrayList<>();
    checkCounts(counts, count(normalised), violations);
    checkServers(servers, violations);
    checkOrder(normalised, violations);
    return violations;
  }

  private static void checkCounts(
      Map<String, Range> expected, Map<String, Integer> seen, List<String> violations) {
    expected.forEach(
        (what, range) -> {
          int count = seen.getOrDefault(what, 0);
          if (!range.allows(count)) {
            violations.add(what + ": expected " + range + ", but was " + count);
          }
        });
    seen.forEach(
        (what, count) -> {
          if (!expected.containsKey(what)) {
            violations.add(what + ": not expected, but was " + count);
          }
        });
  }

  private void checkServers(Map<String, Integer> servers, List<String> violations) {
    Map<String, Range> expected = new LinkedHashMap<>();
    recording
        .invariants()
        .servers()
        .forEach((what, bounds) -> expected.put(what, Range.of(bounds)));
    Map<String, Integer> seen = new LinkedHashMap<>(servers);
    seen.values().removeIf(count -> count == 0);
    checkCounts(expected, seen, violations);
  }

  private void checkOrder(List<String> events, List<String> violations) {
    Map<Order.Occurrence, Integer> places = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      String event = events.get(i);
      places.put(new Order.Occurrence(event, numbers.merge(event, 1, Integer::sum)), i);
      places.put(new Order.Occurrence(event, Order.Occurrence.LAST), i);
    }
    for (Order.Pair pair : order.pairs()) {
      Integer first = places.get(pair.first());
      Integer second = places.get(pair.second());
      if (first != null && second != null && first > second) {
        violations.add("expected " + pair + ", but it was the other way round");
      }
    }
  }

  private void apply(Deviation.Change change) {
    if (change instanceof Deviation.Replaced replaced) {
      require(replaced.event());
      rename(e -> e.equals(replaced.event()) ? replaced.other() : e);
    } else if (change instanceof Deviation.Absent absent) {
      require(absent.event());
      remove(absent.event()::equals);
    } else if (change instanceof Deviation.Times times) {
      require(times.event());
      counts.put(times.event(), new Range(times.count(), times.count()));
    } else if (change instanceof Deviation.Unordered unordered) {
      require(unordered.event());
      require(unordered.other());
      order.free(unordered.event(), unordered.other());
    } else if (change instanceof Deviation.SameErrors same) {
      words.merge(same.words());
      rename(words::apply);
    }
  }

  private void require(String event) {
    if (!counts.containsKey(event)) {
      throw new IllegalArgumentException(
          "deviation for " + recording.name() + ": there is no event " + event);
    }
  }

  private void rename(UnaryOperator<String> names) {
    Map<String, Range> renamed = new LinkedHashMap<>();
    counts.forEach((event, range) -> renamed.merge(names.apply(event), range, Range::plus));
    counts.clear();
    counts.putAll(renamed);
    order.rename(names);
  }

  private void remove(Predicate<String> events) {
    counts.keySet().removeIf(events);
    order.remove(events);
  }

  private void relax(String name, List<Integer> bounds) {
    counts.replaceAll(
        (event, range) ->
            event.equals(name) || event.startsWith(name + "(") ? Range.of(bounds) : range);
  }

  private List<String> normalised(List<String> events) {
    return events.stream().map(this::normalised).toList();
  }

  private String normalised(String event) {
    String text =
        recording.comparison().compareResume() ? event : RESUME.matcher(event).replaceAll("");
    for (String name : recording.comparison().ignoreArgs()) {
      if (text.startsWith(name + "(")) {
        text = name;
      }
    }
    return words.apply(text);
  }

  private static Map<String, Integer> count(List<String> events) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    events.forEach(event -> seen.merge(event, 1, Integer::sum));
    return seen;
  }

  /** {@return the name of the hook: the part between the request and the arguments} */
  static String hook(String event) {
    int arguments = event.indexOf('(');
    String name = arguments < 0 ? event : event.substring(0, arguments);
    return name.substring(name.indexOf('.') + 1);
  }
}
