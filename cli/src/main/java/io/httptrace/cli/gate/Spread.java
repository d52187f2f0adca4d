package io.httptrace.cli.gate;

/** How a duration is spread over the requests; there is at least one. In nanoseconds. */
public interface Spread {

  /**
   * {@return the duration that so many of the requests do not exceed}
   *
   * @param percent how many, in percent; 0 for the smallest, 100 for the largest
   */
  long percentile(double percent);

  /** {@return the arithmetic mean} */
  long mean();
}
