package io.httptrace.benchmarks.worker;

/**
 * How long a measurement takes.
 *
 * @param warmUpSeconds how long it warms up at most: it ends when the compiler has little left to
 *     do
 * @param windowSeconds how long a window is
 * @param windows how many windows there are at most: there is another one while compiling took more
 *     than a tenth of the processor time
 */
public record Timing(double warmUpSeconds, double windowSeconds, int windows) {
  /** Less than this does not tell whether the compiler is done. */
  private static final double LEAST_WARM_UP = 2.5;

  /** {@return how long it warms up at least} */
  double leastWarmUpSeconds() {
    return Math.min(LEAST_WARM_UP, warmUpSeconds);
  }
}
