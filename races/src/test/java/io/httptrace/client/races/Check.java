package io.httptrace.client.races;

/** Checks for scenarios. Those of AssertJ take too many steps to be followed one by one. */
public final class Check {
  private Check() {}

  /**
   * Fails unless two numbers are the same.
   *
   * @param what what is counted
   * @param actual how many there are
   * @param expected how many there should be
   */
  public static void equal(String what, long actual, long expected) {
    if (actual != expected) {
      throw new AssertionError(what + ": " + actual + ", not " + expected);
    }
  }

  /**
   * Fails unless something holds.
   *
   * @param what what should hold
   * @param holds whether it does
   */
  public static void that(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError("not so: " + what);
    }
  }
}
