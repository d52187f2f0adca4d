package io.httptrace.cli.measure;

import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.gate.Slo;
import io.httptrace.cli.gate.SloResult;
import io.httptrace.cli.options.LoadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, when it is over.
 *
 * @param plan what was to be done
 * @param sides what was compared, in order; often only one
 * @param elapsedNanos how long it took
 * @param overdue how many requests should have been begun by the rate, and were not
 * @param interrupted whether it was stopped before its end
 */
public record MeasureSummary(
    LoadPlan plan, List<Side> sides, long elapsedNanos, long overdue, boolean interrupted) {

  public MeasureSummary {
    sides = List.copyOf(sides);
  }

  /**
   * One target.
   *
   * @param name what differs from the others; empty if there are no others
   * @param request method and masked URL
   * @param measurement what is known of its requests
   */
  public record Side(String name, String request, Measurement measurement) {}

  /** {@return how many requests are over, of all sides} */
  public long requests() {
    return sides.stream().mapToLong(side -> side.measurement().requests()).sum();
  }

  /** {@return how many requests were over in a second, of all sides} */
  double perSecond() {
    return elapsedNanos <= 0 ? 0 : requests() / (elapsedNanos / 1e9);
  }

  /** {@return why the first request that failed did, or null if none did} */
  public @Nullable Failure firstFailure() {
    for (Side side : sides) {
      Failure failure = side.measurement().firstFailure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** {@return whether a side meets the limits, for the requests that count} */
  SloResult check(Side side, Slo slo) {
    FigureDurations counted = side.measurement().counted(plan.connections());
    return slo.check(counted::of);
  }

  /**
   * {@return a line for each limit that is missed}
   *
   * @param slo the limits
   */
  public List<String> misses(Slo slo) {
    List<String> lines = new ArrayList<>();
    for (Side side : sides) {
      String prefix = side.name().isEmpty() ? "" : side.name() + ": ";
      if (hasCounted(side)) {
        check(side, slo).misses().forEach(miss -> lines.add(prefix + miss));
      } else {
        lines.add(prefix + "--slo: no request counts, so no limit is met");
      }
    }
    return lines;
  }

  /** {@return the member {@code slo} of a side in the JSON} */
  Map<String, @Nullable Object> slo(Side side, Slo slo) {
    Map<String, @Nullable Object> members = check(side, slo).members();
    if (!hasCounted(side)) {
      members.put("met", false);
    }
    return members;
  }

  /** A failure says enough by itself. */
  private boolean hasCounted(Side side) {
    Measurement measurement = side.measurement();
    return measurement.failed() > 0 || measurement.counted(plan.connections()).requests() > 0;
  }
}
