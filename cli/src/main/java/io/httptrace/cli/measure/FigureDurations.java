package io.httptrace.cli.measure;

import io.httptrace.cli.gate.Figure;
import io.httptrace.cli.gate.RequestFigures;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The durations of each figure of many requests. Not safe for use by several threads. */
final class FigureDurations {
  private final Map<Figure, Durations> durations = new EnumMap<>(Figure.class);
  private long requests;

  /** Adds the figures of a request that was successful. */
  void add(RequestFigures figures) {
    requests++;
    for (Figure figure : Figure.values()) {
      long nanos = figures.nanos(figure);
      if (nanos != RequestFigures.ABSENT) {
        durations.computeIfAbsent(figure, key -> new Durations()).add(nanos);
      }
    }
  }

  /** {@return these and others together} */
  FigureDurations with(FigureDurations others) {
    FigureDurations both = new FigureDurations();
    both.addAll(this);
    both.addAll(others);
    return both;
  }

  private void addAll(FigureDurations others) {
    requests += others.requests;
    others.durations.forEach(
        (figure, all) -> durations.computeIfAbsent(figure, key -> new Durations()).addAll(all));
  }

  /** {@return of how many requests they are} */
  long requests() {
    return requests;
  }

  /** {@return the durations of a figure, or null if no request has it} */
  @Nullable Durations of(Figure figure) {
    return durations.get(figure);
  }
}
