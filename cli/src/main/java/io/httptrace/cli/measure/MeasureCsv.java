package io.httptrace.cli.measure;

import io.httptrace.cli.gate.Figure;
import io.httptrace.cli.measure.MeasureSummary.Side;
import io.httptrace.cli.output.CsvRecords;
import java.util.ArrayList;
import java.util.List;

/** Writes what was measured as comma-separated values: a line for each figure. */
public final class MeasureCsv {
  private static final List<String> COLUMNS =
      List.of(
          "side",
          "request",
          "connections",
          "figure",
          "requests",
          "minNanos",
          "meanNanos",
          "p50Nanos",
          "p90Nanos",
          "p99Nanos",
          "maxNanos");

  private MeasureCsv() {}

  /**
   * {@return the lines, that of the names first}
   *
   * @param summary what was measured
   */
  public static String of(MeasureSummary summary) {
    StringBuilder lines = new StringBuilder(CsvRecords.line(COLUMNS));
    for (Side side : summary.sides()) {
      add(lines, side, "cold", side.measurement().cold());
      add(lines, side, "warm", side.measurement().warm());
    }
    return lines.toString();
  }

  private static void add(StringBuilder lines, Side side, String connections, FigureDurations all) {
    for (Figure figure : Figure.values()) {
      Durations durations = all.of(figure);
      if (durations != null) {
        List<Object> values = new ArrayList<>();
        values.addAll(List.of(side.name(), side.request(), connections, figure.label()));
        values.add(durations.count());
        values.add(durations.percentile(0));
        values.add(durations.mean());
        for (double percent : List.of(50.0, 90.0, 99.0, 100.0)) {
          values.add(durations.percentile(percent));
        }
        lines.append(CsvRecords.line(values));
      }
    }
  }
}
