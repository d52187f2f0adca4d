package io.httptrace.conformance.time;

import java.time.Duration;

/** How long a test waits. */
public final class Waiting {
  /**
   * The limit for events that must happen: long enough for a very slow machine, because it detects
   * what hangs, not what is slow. Only a failing test waits for its whole length.
   */
  public static final Duration LIMIT = Duration.ofMinutes(2);

  private Waiting() {}
}
