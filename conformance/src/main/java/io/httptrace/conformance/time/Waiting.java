package io.httptrace.conformance.time;

import java.time.Duration;

/** How long a test waits. */
public final class Waiting {
  /**
   * For what has to happen: long enough for a machine many times slower than any, as it tells what
   * hangs, not what is slow. It is only waited for in full by a test that fails.
   */
  public static final Duration LIMIT = Duration.ofMinutes(2);

  private Waiting() {}
}
