package io.httptrace.conformance.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time limit that must run out, but only after the request has reached the state that a test
 * needs. A fixed limit does not work: a short one runs out too early on a slow or busy machine, and
 * a long one makes every run long. So a short one is tried first, and a longer one only if the
 * action says that it ran out too early.
 */
public final class GrowingLimit {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofMinutes(2);
  private static final int FACTOR = 4;

  private GrowingLimit() {}

  /**
   * An action that times out.
   *
   * @param <T> the type of its result
   */
  @FunctionalInterface
  public interface TimedAction<T> {
    /**
     * Runs with a time limit. Called again with a longer one if that was too short.
     *
     * @param limit the limit
     * @return the result, or null if the limit ran out too early
     * @throws Exception if the test fails
     */
    @Nullable T within(Duration limit) throws Exception;
  }

  /**
   * {@return the result of the first run with enough time}
   *
   * @param action the action
   * @param <T> the type of its result
   * @throws Exception if the action throws it
   */
  public static <T> T of(TimedAction<T> action) throws Exception {
    for (Duration limit = FIRST; limit.compareTo(LAST) <= 0; limit = limit.multipliedBy(FACTOR)) {
      T result = action.within(limit);
      if (result != null) {
        return result;
      }
    }
    throw new AssertionError("every time limit ran out too early, also the longest one");
  }
}
