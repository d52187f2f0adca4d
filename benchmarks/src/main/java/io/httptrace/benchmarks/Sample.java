package io.httptrace.benchmarks;

/**
 * One measurement of one client process.
 *
 * @param requests how many requests ended
 * @param nanos in how much time
 * @param cpuNanos processor time used meanwhile
 * @param allocatedBytes bytes allocated meanwhile
 */
record Sample(long requests, long nanos, long cpuNanos, long allocatedBytes) {

  static Sample between(Usage start, Usage end, long requests) {
    return new Sample(
        requests,
        end.nanoTime() - start.nanoTime(),
        end.cpuNanos() - start.cpuNanos(),
        end.allocatedBytes() - start.allocatedBytes());
  }

  double requestsPerSecond() {
    return requests * 1e9 / nanos;
  }

  double cpuMicrosPerRequest() {
    return cpuNanos / 1e3 / requests;
  }

  double bytesPerRequest() {
    return (double) allocatedBytes / requests;
  }

  /** {@return the sample as the line a client process prints} */
  String toLine() {
    return requests + " " + nanos + " " + cpuNanos + " " + allocatedBytes;
  }

  /** {@return the sample of a line of {@link #toLine()}} */
  static Sample ofLine(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != 4) {
      throw new IllegalArgumentException("not a sample: " + line);
    }
    return new Sample(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]));
  }
}
