package io.httptrace.cli.measure;

import io.httptrace.cli.gate.Figure;
import io.httptrace.cli.measure.MeasureSummary.Side;
import io.httptrace.cli.options.LoadPlan;
import io.httptrace.cli.options.LoadPlan.Connections;
import io.httptrace.render.Ink;
import io.httptrace.render.Painter;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Wrapping;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows what was measured as text, for people. */
public final class MeasureText {
  private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "max");
  private static final double[] PERCENT = {50, 90, 99, 100};

  private final int width;
  private final Bars bars;
  private final Painter painter;
  private final StringBuilder out = new StringBuilder();

  private MeasureText(int width, boolean unicode, Painter painter) {
    this.width = width;
    this.bars = unicode ? Bars.BLOCKS : Bars.ASCII;
    this.painter = painter;
  }

  /**
   * {@return the text} Its lines end with a line feed, the last one too.
   *
   * @param summary what to show
   * @param width how many columns there are
   * @param unicode whether there are more characters than those of ASCII
   * @param painter colours it
   */
  public static String of(MeasureSummary summary, int width, boolean unicode, Painter painter) {
    MeasureText text = new MeasureText(width, unicode, painter);
    if (summary.sides().size() == 1) {
      text.one(summary, summary.sides().get(0));
    } else {
      text.several(summary);
    }
    return text.out.toString();
  }

  private void one(MeasureSummary summary, Side side) {
    line(Ink.HEADING, side.request());
    line(null, speed(summary));
    facts(summary, side);
    FigureDurations cold = side.measurement().cold();
    FigureDurations warm = side.measurement().warm();
    List<MeasureTable.Group> groups = new ArrayList<>();
    if (cold.requests() > 0 && summary.plan().connections() != Connections.WARM) {
      groups.add(percentiles("cold: " + requests(cold.requests()), cold));
    }
    if (warm.requests() > 0) {
      groups.add(percentiles("warm: " + requests(warm.requests()), warm));
    }
    table(groups);
    boolean anyWarm = warm.requests() > 0;
    Durations totals = (anyWarm ? warm : cold).of(Figure.TOTAL);
    if (totals != null && (anyWarm || summary.plan().connections() != Connections.WARM)) {
      line(null, "");
      line(
          Ink.HEADING,
          "total of the " + (anyWarm ? "warm" : "cold") + " ones: " + requests(totals.count()));
      for (String row : TotalChart.lines(TotalChart.bins(totals), width, bars)) {
        out.append(row).append('\n');
      }
    }
  }

  private void several(MeasureSummary summary) {
    for (int i = 0; i < summary.sides().size(); i++) {
      Side side = summary.sides().get(i);
      String letter = letter(i);
      String name = side.name().equals(letter) ? "" : " " + side.name();
      line(Ink.HEADING, letter + name + ": " + side.request());
      facts(summary, side);
    }
    line(null, speed(summary));
    if (summary.plan().connections() != Connections.WARM) {
      comparison("cold", summary.sides(), Measurement::cold);
    }
    comparison("warm", summary.sides(), Measurement::warm);
  }

  private void comparison(
      String title, List<Side> sides, Function<Measurement, FigureDurations> part) {
    List<MeasureTable.Group> groups = new ArrayList<>();
    FigureDurations first = part.apply(sides.get(0).measurement());
    StringBuilder counts = new StringBuilder();
    for (int i = 0; i < sides.size(); i++) {
      FigureDurations durations = part.apply(sides.get(i).measurement());
      counts.append(i == 0 ? "" : ", ").append(letter(i)).append(' ').append(durations.requests());
      if (durations.requests() > 0) {
        groups.add(medians(letter(i), durations, i == 0 ? null : first));
      }
    }
    if (!groups.isEmpty()) {
      line(null, "");
      line(Ink.HEADING, title + ": p50 of " + counts + " requests");
      rows(groups);
    }
  }

  /**
   * {@return what a side is called in the table}
   *
   * @param index which one, from 0
   */
  public static String letter(int index) {
    return index < 26 ? String.valueOf((char) ('A' + index)) : Integer.toString(index + 1);
  }

  private static MeasureTable.Group percentiles(String title, FigureDurations all) {
    MeasureTable.Group group = new MeasureTable.Group(title, PERCENTILES);
    for (Figure figure : Figure.values()) {
      Durations durations = all.of(figure);
      if (durations != null) {
        List<String> cells = new ArrayList<>();
        for (double percent : PERCENT) {
          cells.add(Millis.of(durations.percentile(percent)));
        }
        group.cells().put(figure, cells);
      }
    }
    return group;
  }

  private static MeasureTable.Group medians(
      String title, FigureDurations all, @Nullable FigureDurations first) {
    MeasureTable.Group group =
        new MeasureTable.Group(title, first == null ? List.of("p50") : List.of("p50", "ratio"));
    for (Figure figure : Figure.values()) {
      Durations durations = all.of(figure);
      if (durations != null) {
        List<String> cells = new ArrayList<>();
        cells.add(Millis.of(durations.percentile(50)));
        if (first != null) {
          cells.add(ratio(durations, first.of(figure)));
        }
        group.cells().put(figure, cells);
      }
    }
    return group;
  }

  private static String ratio(Durations durations, @Nullable Durations first) {
    if (first == null || first.percentile(50) == 0) {
      return "";
    }
    double ratio = (double) durations.percentile(50) / first.percentile(50);
    return String.format(Locale.ROOT, ratio < 99.995 ? "%.2f" : "%.0f", ratio);
  }

  private void facts(MeasureSummary summary, Side side) {
    Measurement measurement = side.measurement();
    String statuses =
        measurement.statuses().entrySet().stream()
            .map(status -> "status " + status.getKey() + ": " + status.getValue())
            .collect(Collectors.joining(", "));
    if (!statuses.isEmpty()) {
      String protocols = String.join(", ", measurement.protocols());
      line(null, statuses + (protocols.isEmpty() ? "" : ", " + protocols));
    }
    Measurement.Traffic traffic = measurement.traffic();
    String resumed =
        traffic.resumed() == 0 ? "" : " (TLS resumed on " + traffic.resumed() + " of them)";
    line(
        null,
        "connections: "
            + traffic.opened()
            + " new"
            + resumed
            + ", used again "
            + traffic.reused()
            + (traffic.reused() == 1 ? " time" : " times"));
    line(
        null,
        Quantities.bytes(traffic.received())
            + " received, "
            + Quantities.bytes(traffic.content())
            + " of it bodies; "
            + Quantities.bytes(traffic.sent())
            + " sent");
    long cold = measurement.cold().requests();
    if (summary.plan().connections() == Connections.WARM && cold > 0) {
      line(null, requests(cold) + " opened a connection, and are left out below");
    }
    if (measurement.failed() > 0) {
      line(Ink.BAD, measurement.failed() + " of " + requests(measurement.requests()) + " failed");
      for (ErrorCounts.Entry entry : measurement.errors()) {
        line(Ink.BAD, entry.count() + " x " + entry.first().message());
      }
    }
  }

  private static String speed(MeasureSummary summary) {
    LoadPlan plan = summary.plan();
    StringBuilder text = new StringBuilder();
    if (summary.interrupted()) {
      text.append("interrupted after ");
    }
    text.append(requests(summary.requests()));
    if (summary.interrupted() && plan.requests() != LoadPlan.UNLIMITED) {
      text.append(" of ").append(plan.requests() * summary.sides().size());
    }
    text.append(plan.paced() ? ", up to " : ", ").append(plan.concurrency()).append(" at a time");
    text.append(
        String.format(
            Locale.ROOT,
            ", in %.3f s: %.1f per second",
            summary.elapsedNanos() / 1e9,
            summary.perSecond()));
    if (plan.paced()) {
      text.append(" of ")
          .append(
              new BigDecimal(plan.rate(), MathContext.DECIMAL32)
                  .stripTrailingZeros()
                  .toPlainString())
          .append(" asked for; times count from when a request was due (no coordinated omission)");
      if (summary.overdue() > 0) {
        text.append("; ").append(summary.overdue()).append(" were due and not begun");
      }
    }
    return text.toString();
  }

  private static String requests(long count) {
    return count + (count == 1 ? " request" : " requests");
  }

  private void table(List<MeasureTable.Group> groups) {
    if (!groups.isEmpty()) {
      line(null, "");
      rows(groups);
    }
  }

  private void rows(List<MeasureTable.Group> groups) {
    for (MeasureTable.Line row : MeasureTable.lines(groups, width)) {
      Figure figure = row.figure();
      out.append(paint(figure == null ? Ink.FAINT : ink(figure), row.text())).append('\n');
    }
  }

  private void line(@Nullable Ink ink, String text) {
    if (text.isEmpty()) {
      out.append('\n');
      return;
    }
    for (String part : Wrapping.lines(Printable.text(text), width)) {
      out.append(ink == null ? part : paint(ink, part)).append('\n');
    }
  }

  private String paint(Ink ink, String text) {
    return text.isEmpty() ? text : painter.paint(ink, text);
  }

  private static Ink ink(Figure figure) {
    return switch (figure) {
      case LATE, QUEUE -> Ink.QUEUE;
      case DNS -> Ink.DNS;
      case CONNECT -> Ink.CONNECT;
      case PROXY_TLS, PROXY -> Ink.PROXY;
      case TLS -> Ink.TLS;
      case REQUEST -> Ink.REQUEST;
      case WAIT -> Ink.WAIT;
      case RESPONSE -> Ink.RESPONSE;
      case TTFB, TOTAL -> Ink.HEADING;
    };
  }
}
