package io.httptrace.cli.options;

import io.httptrace.cli.gate.Slo;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of a request should be.
 *
 * @param slo how long requests may take, or null
 */
public record MeasureOptions(@Nullable Slo slo) {

  /** However long it takes. */
  public static final MeasureOptions NONE = new MeasureOptions(null);
}
