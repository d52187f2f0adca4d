package io.httptrace.conformance.run;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.log.TraceLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the round trips in every scenario: there is one for each {@code getConn}, they are
 * numbered from 1, and each has exactly one end.
 */
final class RoundTrips {
  private static final Pattern START = Pattern.compile("(.*)\\.roundTripStart\\((\\d+) .*");
  private static final Pattern DONE = Pattern.compile("(.*)\\.roundTripDone\\(.*");
  private static final Pattern ATTEMPT = Pattern.compile("(.*)\\.getConn\\(.*");

  private RoundTrips() {}

  static List<String> faults(TraceLog log, HookSupport support) {
    List<String> faults = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      if (!hook.isOfGo() && support.level(hook) == Level.NEVER) {
        log.beyondGo().stream()
            .filter(event -> event.contains("." + hook.methodName() + "("))
            .forEach(event -> faults.add(event + ": not expected"));
      }
    }
    if (support.level(Hook.ROUND_TRIP_START) == Level.NEVER) {
      return faults;
    }
    Map<String, Integer> started = new LinkedHashMap<>();
    for (String event : log.beyondGo()) {
      Matcher matcher = START.matcher(event);
      if (matcher.matches()) {
        int number = started.merge(matcher.group(1), 1, Integer::sum);
        if (number != Integer.parseInt(matcher.group(2))) {
          faults.add(event + ": expected number " + number);
        }
      }
    }
    if (support.level(Hook.ROUND_TRIP_DONE) != Level.NEVER) {
      compare(started, count(log.beyondGo(), DONE), "roundTripDone", faults);
    }
    if (support.level(Hook.GET_CONN) != Level.NEVER) {
      compare(started, count(log.events(), ATTEMPT), "getConn", faults);
    }
    return faults;
  }

  private static Map<String, Integer> count(List<String> events, Pattern pattern) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String event : events) {
      Matcher matcher = pattern.matcher(event);
      if (matcher.matches()) {
        counts.merge(matcher.group(1), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static void compare(
      Map<String, Integer> started, Map<String, Integer> other, String what, List<String> faults) {
    if (!started.equals(other)) {
      faults.add("roundTripStart " + started + " but " + what + " " + other);
    }
  }
}
