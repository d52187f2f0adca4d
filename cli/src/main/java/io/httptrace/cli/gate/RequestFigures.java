package io.httptrace.cli.gate;

import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one request, in nanoseconds. A phase that happens in several of its round trips
 * counts with all of them. Not safe for use by several threads.
 */
@SuppressWarnings("EnumOrdinal") // An array, as there are many requests; nothing of it is kept.
public final class RequestFigures {
  /** The value of what did not happen. */
  public static final long ABSENT = -1;

  private final long[] nanos = new long[Figure.values().length];

  /** Makes figures that are all absent. */
  public RequestFigures() {
    Arrays.fill(nanos, ABSENT);
  }

  /**
   * {@return the figures of a request that is over}
   *
   * @param timeline what has happened
   */
  public static RequestFigures of(Timeline timeline) {
    RequestFigures figures = new RequestFigures();
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      List<Phase> attempts = new ArrayList<>();
      for (Phase phase : roundTrip.phases()) {
        if (phase.abandoned()) {
          continue;
        }
        if (phase.kind() == PhaseKind.CONNECT) {
          attempts.add(phase);
        } else {
          figures.add(Figure.of(phase.kind()), phase.duration().toNanos());
        }
      }
      Duration connect = roundTrip.connectTime();
      if (connect != null) {
        figures.add(Figure.CONNECT, connect.toNanos());
      } else if (!attempts.isEmpty()) {
        figures.add(Figure.CONNECT, span(attempts));
      }
    }
    figures.put(Figure.TTFB, timeline.timeToFirstByte());
    figures.put(Figure.TOTAL, timeline.total());
    return figures;
  }

  /** From the start of the first to the end of the last. */
  private static long span(List<Phase> attempts) {
    long start = Long.MAX_VALUE;
    long end = 0;
    for (Phase attempt : attempts) {
      start = Math.min(start, attempt.start().toNanos());
      end = Math.max(end, attempt.end().toNanos());
    }
    return end - start;
  }

  private void put(Figure figure, @Nullable Duration time) {
    if (time != null) {
      set(figure, time.toNanos());
    }
  }

  /**
   * Sets a figure.
   *
   * @param figure the figure
   * @param time its value
   */
  public void set(Figure figure, long time) {
    nanos[figure.ordinal()] = time;
  }

  /**
   * Adds to a figure.
   *
   * @param figure the figure
   * @param time how much
   */
  public void add(Figure figure, long time) {
    nanos[figure.ordinal()] = Math.max(0, nanos[figure.ordinal()]) + time;
  }

  /**
   * {@return a figure, or {@link #ABSENT}}
   *
   * @param figure the figure
   */
  public long nanos(Figure figure) {
    return nanos[figure.ordinal()];
  }

  /**
   * {@return a figure as the durations of one request, or null if it is absent}
   *
   * @param figure the figure
   */
  public @Nullable Spread spread(Figure figure) {
    long time = nanos(figure);
    return time == ABSENT ? null : new One(time);
  }

  /** One duration. */
  private record One(long nanos) implements Spread {
    @Override
    public long percentile(double percent) {
      return nanos;
    }

    @Override
    public long mean() {
      return nanos;
    }
  }
}
