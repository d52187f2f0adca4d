package io.httptrace.cli.options;

import io.httptrace.cli.gate.Slo;
import org.jspecify.annotations.Nullable;

/**
 * What to measure with more than one request, and what the figures should be.
 *
 * @param plan how many requests to make; null for one that is shown
 * @param comparison what to compare
 * @param slo how long requests may take, or null
 */
public record MeasureOptions(@Nullable LoadPlan plan, Comparison comparison, @Nullable Slo slo) {

  /** One request, however long it takes. */
  public static final MeasureOptions NONE = new MeasureOptions(null, Comparison.none(), null);
}
