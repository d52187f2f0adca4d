package io.httptrace.conformance.golden;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Glob;
import io.httptrace.conformance.HookArgument;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.log.LoggedEvent;
import java.util.ArrayList;
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
  private final Map<String, Range> servers = new LinkedHashMap<>();
  private final Map<String, Level> levels = new HashMap<>();
  private final List<HookArgument> masked = new ArrayList<>();
  private final Order order;

  private GoldenCheck(GoldenRecording recording, HookSupport support) {
    this.recording = recording;
    for (Hook hook : Hook.values()) {
      levels.put(hook.methodName(), support.level(hook));
    }
    recording.invariants().servers().forEach((what, bounds) -> servers.put(what, Range.of(bounds)));
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
   * @param support how well the client reports each hook
   * @param masks the arguments that are not compared; those for other recordings are ignored
   */
  public static GoldenCheck of(
      GoldenRecording recording,
      List<Deviation> deviations,
      HookSupport support,
      List<MaskedArgument> masks) {
    GoldenCheck check = new GoldenCheck(recording, support);
    deviations.stream()
        .filter(d -> d.concerns(recording.name()))
        .forEach(d -> d.changes().forEach(change -> check.apply(change, isExact(d))));
    check.remove(event -> check.level(event) == Level.NEVER);
    check.order.relax(event -> check.level(event) == Level.APPROXIMATE);
    masks.stream()
        .filter(mask -> mask.concerns(recording.name()))
        .map(MaskedArgument::argument)
        .forEach(check.masked::add);
    check.rename(check::masked);
    return check;
  }

  /** {@return whether it must apply; otherwise it applies where it can} */
  private static boolean isExact(Deviation deviation) {
    return !Glob.of(deviation.recording()).isPattern();
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
   * @param seen how often servers accepted a connection ({@code accept NAME}) or got a request
   *     ({@code request NAME}), or were asked for a target by name ({@code socks-addr name}); a
   *     missing entry counts as 0
   */
  public List<String> violations(List<LoggedEvent> events, Map<String, Integer> seen) {
    List<LoggedEvent> normalised =
        events.stream()
            .map(e -> new LoggedEvent(normalised(e.text()), e.happened(), e.logged()))
            .toList();
    List<String> violations = new ArrayList<>();
    checkCounts(counts, count(normalised.stream().map(LoggedEvent::text).toList()), violations);
    checkServers(seen, violations);
    new OrderCheck(normalised, event -> level(event) == Level.STAMPED)
        .addViolations(order.pairs(), violations);
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

  private void checkServers(Map<String, Integer> counted, List<String> violations) {
    Map<String, Integer> seen = new LinkedHashMap<>(counted);
    seen.values().removeIf(count -> count == 0);
    checkCounts(servers, seen, violations);
  }

  private void apply(Deviation.Change change, boolean required) {
    if (change instanceof Deviation.Replaced replaced) {
      require(replaced.event(), required);
      Glob event = Glob.of(replaced.event());
      rename(e -> event.replace(e, replaced.other()));
    } else if (change instanceof Deviation.Absent absent) {
      require(absent.event(), required);
      remove(Glob.of(absent.event())::matches);
    } else if (change instanceof Deviation.Times times) {
      require(times.event(), required);
      Glob event = Glob.of(times.event());
      Range range = new Range(times.min(), times.max());
      counts.replaceAll((e, before) -> event.matches(e) ? range : before);
    } else if (change instanceof Deviation.Additional additional) {
      Range range = new Range(additional.min(), additional.max());
      counts.merge(additional.event(), range, Range::plus);
    } else if (change instanceof Deviation.Unordered unordered) {
      require(unordered.event(), required);
      require(unordered.other(), required);
      order.free(Glob.of(unordered.event())::matches, Glob.of(unordered.other())::matches);
    } else if (change instanceof Deviation.SameErrors same) {
      words.merge(same.words());
      rename(words::apply);
    } else if (change instanceof Deviation.OfServer server) {
      servers.put(server.what(), new Range(server.min(), server.max()));
    }
  }

  private void require(String event, boolean required) {
    if (required && !Glob.of(event).isPattern() && !counts.containsKey(event)) {
      throw new IllegalArgumentException(
          "deviation for " + recording.name() + ": there is no event " + event);
    }
  }

  private void rename(UnaryOperator<String> names) {
    order.rename(names, counts);
    Map<String, Range> renamed = new LinkedHashMap<>();
    counts.forEach((event, range) -> renamed.merge(names.apply(event), range, Range::plus));
    counts.clear();
    counts.putAll(renamed);
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
    return words.apply(masked(text));
  }

  private String masked(String event) {
    String text = event;
    for (HookArgument argument : masked) {
      text = argument.maskedIn(text);
    }
    return text;
  }

  private Level level(String event) {
    return levels.getOrDefault(hook(event), Level.EXACT);
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
