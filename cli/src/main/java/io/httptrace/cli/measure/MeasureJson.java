package io.httptrace.cli.measure;

import io.httptrace.cli.gate.Figure;
import io.httptrace.cli.gate.Slo;
import io.httptrace.cli.measure.MeasureSummary.Side;
import io.httptrace.cli.options.LoadPlan;
import io.httptrace.render.Json;
import io.httptrace.timeline.PhaseKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what was measured as JSON, one object on one line: see {@code docs/measure-json.md}. */
public final class MeasureJson {
  /** The name of the schema. */
  static final String SCHEMA = "httptrace-measure/1";

  private MeasureJson() {}

  /**
   * {@return the JSON, without a line feed}
   *
   * @param summary what was measured
   * @param slo the limits, or null
   */
  public static String of(MeasureSummary summary, @Nullable Slo slo) {
    LoadPlan plan = summary.plan();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("schema", SCHEMA);
    members.put("interrupted", summary.interrupted());
    members.put("concurrency", plan.concurrency());
    members.put("ratePerSecond", plan.paced() ? plan.rate() : null);
    members.put("elapsedNanos", summary.elapsedNanos());
    members.put("requests", summary.requests());
    members.put("requestsPerSecond", summary.perSecond());
    members.put("overdue", summary.overdue());
    List<Object> sides = new ArrayList<>();
    for (Side side : summary.sides()) {
      sides.add(side(summary, side, slo));
    }
    members.put("sides", sides);
    return Json.toJson(members);
  }

  private static Map<String, @Nullable Object> side(
      MeasureSummary summary, Side side, @Nullable Slo slo) {
    Measurement measurement = side.measurement();
    Measurement.Traffic traffic = measurement.traffic();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", side.name().isEmpty() ? null : side.name());
    members.put("request", side.request());
    members.put("requests", measurement.requests());
    members.put("failed", measurement.failed());
    Map<String, Object> statuses = new LinkedHashMap<>();
    measurement.statuses().forEach((status, count) -> statuses.put(status.toString(), count));
    members.put("statuses", statuses);
    members.put("protocols", measurement.protocols());
    Map<String, Object> connections = new LinkedHashMap<>();
    connections.put("opened", traffic.opened());
    connections.put("reused", traffic.reused());
    connections.put("tlsResumed", traffic.resumed());
    members.put("connections", connections);
    Map<String, Object> bytes = new LinkedHashMap<>();
    bytes.put("sent", traffic.sent());
    bytes.put("received", traffic.received());
    bytes.put("content", traffic.content());
    members.put("bytes", bytes);
    List<Object> errors = new ArrayList<>();
    measurement.errors().forEach(entry -> errors.add(error(entry)));
    members.put("errors", errors);
    members.put("cold", durations(measurement.cold()));
    members.put("warm", durations(measurement.warm()));
    members.put("counted", durations(measurement.counted(summary.plan().connections())));
    members.put("slo", slo == null ? null : summary.slo(side, slo));
    return members;
  }

  private static Map<String, @Nullable Object> error(ErrorCounts.Entry entry) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    PhaseKind phase = entry.first().phase();
    members.put("phase", phase == null ? null : phase.label());
    members.put("exitCode", entry.first().exitCode().number());
    members.put("count", entry.count());
    members.put("message", entry.first().message());
    return members;
  }

  private static Map<String, Object> durations(FigureDurations all) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Figure figure : Figure.values()) {
      Durations durations = all.of(figure);
      if (durations != null) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("requests", durations.count());
        members.put("minNanos", durations.percentile(0));
        members.put("meanNanos", durations.mean());
        members.put("p50Nanos", durations.percentile(50));
        members.put("p90Nanos", durations.percentile(90));
        members.put("p99Nanos", durations.percentile(99));
        members.put("maxNanos", durations.percentile(100));
        figures.put(figure.label(), members);
      }
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("requests", all.requests());
    members.put("figures", figures);
    return members;
  }
}
