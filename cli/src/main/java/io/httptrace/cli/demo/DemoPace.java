package io.httptrace.cli.demo;

import java.time.Duration;

/**
 * The pauses of the embedded server.
 *
 * @param lookup how long its name takes to resolve
 * @param think how long it takes to begin an answer
 * @param betweenPieces how long it waits between two pieces of the body
 * @param pieces how many pieces the body has
 */
public record DemoPace(Duration lookup, Duration think, Duration betweenPieces, int pieces) {

  /** {@return a pace at which each phase can be seen} */
  public static DemoPace visible() {
    return new DemoPace(Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(20), 4);
  }

  /** {@return a pace with no pauses at all} */
  public static DemoPace hurried() {
    return new DemoPace(Duration.ZERO, Duration.ZERO, Duration.ZERO, 4);
  }
}
