package io.httptrace.conformance.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pairs the events that begin something with those that end it. */
public final class Pairs {
  private static final Pattern START =
      Pattern.compile(
          "(.*\\.(?:dns|connect|tlsHandshake|proxyConnect|roundTrip))Start(?:\\((.*)\\))?");
  private static final Pattern DONE =
      Pattern.compile(
          "(.*\\.(?:dns|connect|tlsHandshake|proxyConnect|roundTrip))Done(?:\\((.*)\\))?");

  private final Map<String, Integer> open = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** Begins without open events. */
  public Pairs() {}

  /**
   * Adds the next event.
   *
   * @param event the event; ignored if it neither begins nor ends anything
   */
  public void add(String event) {
    Matcher start = START.matcher(event);
    if (start.matches()) {
      open.merge(key(start), 1, Integer::sum);
      return;
    }
    Matcher done = DONE.matcher(event);
    if (done.matches() && open.merge(key(done), -1, Integer::sum) < 0) {
      faults.add(event + " without its start");
    }
  }

  /** {@return starts without an end, and ends without a start} */
  public List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    open.forEach(
        (key, count) -> {
          if (count > 0) {
            all.add(key + ": " + count + " without an end");
          }
        });
    return all;
  }

  /** Connect attempts are distinguished by their address, other events by their name only. */
  private static String key(Matcher matcher) {
    String name = matcher.group(1);
    String arguments = matcher.group(2);
    if (!name.endsWith(".connect") || arguments == null) {
      return name;
    }
    int error = arguments.indexOf(" err=");
    return name + "(" + (error < 0 ? arguments : arguments.substring(0, error)) + ")";
  }
}
