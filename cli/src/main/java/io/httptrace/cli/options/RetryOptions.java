package io.httptrace.cli.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is made again if it failed in a way that may pass.
 *
 * @param count how often at most
 * @param delay the pause before each attempt, or null for one that grows
 * @param maxTime the time after which no attempt begins, or null for no limit
 * @param allErrors whether after any failure
 * @param refused whether after a refused connection
 */
public record RetryOptions(
    int count,
    @Nullable Duration delay,
    @Nullable Duration maxTime,
    boolean allErrors,
    boolean refused) {

  /** It is not made again. */
  public static final RetryOptions NONE = new RetryOptions(0, null, null, false, false);
}
