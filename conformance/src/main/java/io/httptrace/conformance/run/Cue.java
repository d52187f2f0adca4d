package io.httptrace.conformance.run;

/** A condition to wait for before going on. */
@FunctionalInterface
public interface Cue {
  /**
   * Waits until it is true.
   *
   * @throws InterruptedException if the run is over
   * @throws AssertionError if it does not become true in bounded time
   */
  void await() throws InterruptedException;

  /**
   * {@return this and then another}
   *
   * @param other the other
   */
  default Cue and(Cue other) {
    return () -> {
      await();
      other.await();
    };
  }
}
