package io.httptrace.benchmarks.runner;

import io.httptrace.benchmarks.peer.Workload;
import io.httptrace.benchmarks.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What has been measured, in a file that grows: a run that is begun again goes on where it ended.
 */
final class Samples {
  private final Path file;
  private final List<Sample> samples;

  Samples(Path file) throws IOException {
    this.file = file;
    this.samples = new ArrayList<>(Files.exists(file) ? Sample.readFrom(file) : List.of());
    if (!Files.exists(file)) {
      Files.writeString(file, Sample.HEADER + "\n");
    }
  }

  boolean has(int round, Workload workload, Client client) {
    return samples.stream()
        .anyMatch(
            sample ->
                sample.round() == round
                    && sample.workload().equals(workload.name())
                    && sample.client().equals(client.name()));
  }

  Sample add(int round, Workload workload, Client client, Map<String, String> found)
      throws IOException {
    Sample sample = Sample.of(round, workload.name(), client.name(), client.kind(), found);
    samples.add(sample);
    Files.writeString(file, sample.line() + "\n", StandardOpenOption.APPEND);
    return sample;
  }
}
