package io.httptrace.html;

import io.httptrace.render.text.Quantities;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * How much of a call's time each kind of phase has. Each moment counts once: of what happens at the
 * same time, what comes last on the way of a request.
 */
final class TimeShares {
  /** The name of what belongs to no phase. */
  static final String CLIENT = "client";

  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final long total;

  TimeShares(Timeline timeline) {
    Duration whole = timeline.total();
    total = whole == null ? 0 : whole.toNanos();
    for (PhaseKind kind : PhaseKind.values()) {
      nanos.put(kind.label(), 0L);
    }
    nanos.put(CLIENT, 0L);
    TreeSet<Long> boundaries = new TreeSet<>();
    boundaries.add(total);
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      for (Phase phase : roundTrip.phases()) {
        boundaries.add(phase.start().toNanos());
        boundaries.add(phase.end().toNanos());
      }
    }
    long before = 0;
    for (long next : boundaries.headSet(total, true).tailSet(0L, false)) {
      nanos.merge(at(timeline, before, next), next - before, Long::sum);
      before = next;
    }
    nanos.values().removeIf(time -> time == 0);
  }

  private static String at(Timeline timeline, long from, long to) {
    PhaseKind last = null;
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      for (Phase phase : roundTrip.phases()) {
        boolean active = phase.start().toNanos() <= from && phase.end().toNanos() >= to;
        if (active && (last == null || phase.kind().compareTo(last) > 0)) {
          last = phase.kind();
        }
      }
    }
    return last == null ? CLIENT : last.label();
  }

  void write(Markup page) {
    if (nanos.isEmpty()) {
      return;
    }
    TimeAxis axis = new TimeAxis(total);
    page.open("div", "class", "shares");
    page.open("svg", "aria-hidden", "true");
    long start = 0;
    for (Map.Entry<String, Long> share : nanos.entrySet()) {
      page.empty(
          "rect",
          "class",
          share.getKey(),
          "x",
          axis.position(start),
          "width",
          axis.width(start, start + share.getValue()),
          "height",
          "12");
      start += share.getValue();
    }
    page.closeLine("svg").open("ul");
    for (Map.Entry<String, Long> share : nanos.entrySet()) {
      page.open("li").open("svg", "aria-hidden", "true");
      page.empty("rect", "class", share.getKey(), "width", "10", "height", "10", "rx", "3");
      page.close("svg").element("b", share.getKey());
      String time = Quantities.millis(Duration.ofNanos(share.getValue()));
      page.element("span", " " + percent(axis.share(share.getValue())) + ", " + time);
      page.closeLine("li");
    }
    page.close("ul").closeLine("div");
  }

  private static String percent(double share) {
    return share > 0 && share < 1 ? "< 1 %" : String.format(Locale.ROOT, "%.0f %%", share);
  }
}
