package io.httptrace.cli.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests to make, and when.
 *
 * @param requests how many; {@link #UNLIMITED} if only the duration counts
 * @param duration how long to begin new ones, or null for no limit
 * @param concurrency how many at a time, at most
 * @param rate how many to begin in a second; 0 for as many as there is room for
 * @param connections on which connections
 */
public record LoadPlan(
    long requests,
    @Nullable Duration duration,
    int concurrency,
    double rate,
    Connections connections) {

  /** Stands for no limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** On which connections to make the requests, and which of them count. */
  public enum Connections {
    /** On one that is idle if there is one; all count, cold ones beside warm ones. */
    BOTH,
    /** The same, and those that opened a connection do not count. */
    WARM,
    /** Each on a new one. */
    COLD
  }

  /**
   * {@return a plan for several targets: each gets as many requests}
   *
   * @param targets how many
   */
  public LoadPlan times(int targets) {
    long all = requests == UNLIMITED ? UNLIMITED : requests * targets;
    return new LoadPlan(all, duration, concurrency, rate, connections);
  }

  /** {@return whether there is a rate} */
  public boolean paced() {
    return rate > 0;
  }

  /**
   * {@return when a request is due, in nanoseconds after the first one}
   *
   * @param number its number, from 0
   */
  public long due(long number) {
    return paced() ? Math.round(number / rate * 1e9) : 0;
  }

  /**
   * {@return how many requests are due by a time}
   *
   * @param elapsedNanos the time, in nanoseconds after the first one
   */
  public long dueBy(long elapsedNanos) {
    long due = (long) (elapsedNanos / 1e9 * rate) + 1;
    return Math.min(requests, due);
  }
}
