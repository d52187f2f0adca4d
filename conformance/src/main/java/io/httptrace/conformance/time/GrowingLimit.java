package io.httptrace.conformance.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time limit that is to run out, but only after the request is where the test wants it. No fixed
 * limit is right for that: a short one runs out too early on a machine that is slow or busy, a long
 * one makes every run long. So a short one is tried first, and a longer one only if the attempt
 * says that it came too early.
 */
public final class GrowingLimit {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofMinutes(2);
  private static final int FACTOR = 4;

  private GrowingLimit() {}

  /**
   * Something that runs out of time.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Attempt<T> {
    /**
     * Runs with a time limit. Called again with a longer one if that was too short.
     *
     * @param limit the limit
     * @return what came of it, or null if the limit ran out too early to tell anything
     * @throws Exception if the test fails
     */
    @Nullable T within(Duration limit) throws Exception;
  }

  /**
   * {@return what came of the first attempt that had time enough}
   *
   * @param attempt the attempt
   * @param <T> what comes of it
   * @throws Exception what the attempt throws
   */
  public static <T> T of(Attempt<T> attempt) throws Exception {
    for (Duration limit = FIRST; limit.compareTo(LAST) <= 0; limit = limit.multipliedBy(FACTOR)) {
      T result = attempt.within(limit);
      if (result != null) {
        return result;
      }
    }
    throw new AssertionError("it never got there before the time was up, however long that was");
  }
}
