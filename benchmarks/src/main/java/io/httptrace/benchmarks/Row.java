package io.httptrace.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All samples of one client with one number of threads.
 *
 * @param client the client
 * @param threads how many threads sent requests
 * @param samples one for each round, in their order
 */
record Row(ClientKind client, int threads, List<Sample> samples) {

  Row {
    samples = List.copyOf(samples);
  }

  double requestsPerSecond() {
    return median(Sample::requestsPerSecond);
  }

  double lowestRequestsPerSecond() {
    return samples.stream().mapToDouble(Sample::requestsPerSecond).min().orElseThrow();
  }

  double highestRequestsPerSecond() {
    return samples.stream().mapToDouble(Sample::requestsPerSecond).max().orElseThrow();
  }

  double cpuMicrosPerRequest() {
    return median(Sample::cpuMicrosPerRequest);
  }

  double bytesPerRequest() {
    return median(Sample::bytesPerRequest);
  }

  private double median(ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
