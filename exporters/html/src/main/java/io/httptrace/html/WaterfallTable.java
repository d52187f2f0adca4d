package io.httptrace.html;

import io.httptrace.render.text.Labels;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.ServerTiming;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The phases of a call as bars, in a table, so that it can be read in any way. */
final class WaterfallTable {
  private static final String ROW = "28";
  private static final String BAR_TOP = "7";
  private static final String BAR = "14";

  private final Markup page;
  private final Timeline timeline;
  private final Redaction redaction;
  private final String id;
  private final TimeAxis axis;
  private int rows;

  /**
   * Makes a table.
   *
   * @param page where to write
   * @param timeline the call
   * @param redaction whether secrets are masked
   * @param id what the ids of its elements begin with
   */
  WaterfallTable(Markup page, Timeline timeline, Redaction redaction, String id) {
    this.page = page;
    this.timeline = timeline;
    this.redaction = redaction;
    this.id = id;
    Duration total = timeline.total();
    this.axis = new TimeAxis(total == null ? 0 : total.toNanos());
  }

  void write() {
    page.open("table", "class", "waterfall");
    page.element("caption", "The phases of the request, on one scale", "class", "hidden");
    page.open("colgroup").empty("col", "class", "name").empty("col");
    page.empty("col", "class", "time").empty("col", "class", "what").closeLine("colgroup");
    head();
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      page.open("tbody", "class", "phases");
      if (timeline.roundTrips().size() > 1) {
        leg(roundTrip);
      }
      phases(roundTrip);
      page.closeLine("tbody");
    }
    foot();
    page.closeLine("table");
  }

  private void head() {
    page.open("thead").open("tr").element("th", "Phase", "scope", "col");
    page.open("th", "scope", "col").element("span", "When", "class", "hidden");
    page.open("svg", "aria-hidden", "true");
    List<Long> ticks = axis.ticks();
    for (long tick : ticks) {
      boolean last = axis.share(tick) > 94;
      String anchor = tick == 0 ? "start" : last ? "end" : "middle";
      String label = axis.label(tick);
      page.element("text", label, "x", axis.position(tick), "y", "14", "text-anchor", anchor);
    }
    page.close("svg").close("th");
    page.element("th", "Duration", "scope", "col", "class", "time");
    page.element("th", "", "class", "what", "aria-label", "Details", "scope", "col");
    page.close("tr").closeLine("thead");
  }

  private void leg(RoundTrip roundTrip) {
    String reason = roundTrip.reason() == null ? "" : " " + Labels.of(roundTrip.reason());
    page.open("tr").open("th", "class", "leg", "colspan", "4", "scope", "rowgroup");
    page.element("span", "#" + roundTrip.number() + reason + " ");
    page.text(CallSection.request(roundTrip, redaction));
    if (roundTrip.status().isPresent()) {
      page.element("span", " " + roundTrip.status().getAsInt());
    }
    page.close("th").closeLine("tr");
  }

  /** What the server took for is a part of the wait for it. */
  private void phases(RoundTrip roundTrip) {
    PhaseFacts facts = new PhaseFacts(roundTrip, redaction);
    List<ServerTiming> timings = ServerTiming.of(roundTrip);
    for (Phase phase : roundTrip.phases()) {
      phase(facts, phase);
      if (phase.kind() == PhaseKind.WAIT) {
        timings.forEach(this::timing);
        timings = List.of();
      }
    }
    timings.forEach(this::timing);
  }

  /** When it was is not known, so there is no bar. */
  private void timing(ServerTiming timing) {
    Duration duration = timing.duration();
    String description = timing.description();
    page.open("tr", "class", "part");
    page.element("th", timing.name(), "scope", "row", "title", "Server-Timing: " + timing.name());
    page.open("td").open("svg", "aria-hidden", "true");
    grid();
    page.close("svg").close("td");
    page.element("td", duration == null ? "" : Quantities.millis(duration), "class", "time");
    page.element("td", description == null ? "" : description, "class", "what").closeLine("tr");
  }

  private void phase(PhaseFacts facts, Phase phase) {
    String label = phase.kind().label();
    boolean failed = facts.failed(phase);
    String time = Quantities.millis(phase.duration());
    page.open("tr");
    if (failed) {
      page.element("th", label + " ✗", "scope", "row", "class", "failed");
    } else {
      page.element("th", label, "scope", "row");
    }
    String tip = id + "-tip-" + ++rows;
    page.open("td", "class", "bar");
    page.open(
        "svg",
        "role",
        "img",
        "tabindex",
        "0",
        "aria-label",
        label + " from " + Quantities.millis(phase.start()) + ", " + time,
        "aria-describedby",
        tip);
    grid();
    bar(
        label + (failed ? " failed" : phase.abandoned() ? " given-up" : ""),
        phase.start().toNanos(),
        phase.end().toNanos());
    page.close("svg");
    tip(tip, facts, phase);
    page.close("td").element("td", time, "class", "time");
    page.element("td", facts.summary(phase), "class", "what");
    page.closeLine("tr");
  }

  private void bar(String kind, long start, long end) {
    page.empty(
        "rect",
        "class",
        kind,
        "x",
        axis.position(start),
        "y",
        BAR_TOP,
        "width",
        axis.width(start, end),
        "height",
        BAR,
        "rx",
        "3");
  }

  private void grid() {
    for (long tick : axis.ticks()) {
      String x = axis.position(tick);
      page.empty("line", "x1", x, "x2", x, "y1", "0", "y2", ROW);
    }
  }

  private void tip(String tip, PhaseFacts facts, Phase phase) {
    boolean right = axis.share(phase.start().toNanos()) > 45;
    page.open("div", "class", right ? "tip right" : "tip left", "role", "tooltip", "id", tip);
    page.element("p", PhaseFacts.meaning(phase.kind())).open("dl");
    List<NamedFact> all = new ArrayList<>(facts.times(phase));
    all.addAll(facts.ofKind(phase));
    for (NamedFact fact : all) {
      page.element("dt", fact.name()).element("dd", fact.value());
    }
    page.close("dl").close("div");
  }

  private void foot() {
    page.open("tfoot").open("tr").element("th", "total", "scope", "row").open("td");
    page.open("svg", "aria-hidden", "true");
    grid();
    page.empty("rect", "class", "total", "y", "12", "width", "100%", "height", "3", "rx", "1.5");
    page.close("svg").close("td");
    page.element("td", Quantities.millis(Duration.ofNanos(axis.total())), "class", "time");
    page.element("td", "", "class", "what").close("tr").closeLine("tfoot");
  }
}
