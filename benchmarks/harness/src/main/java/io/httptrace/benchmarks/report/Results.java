package io.httptrace.benchmarks.report;

import io.httptrace.benchmarks.peer.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was measured on one JDK.
 *
 * @param jdk the JDK
 * @param samples all samples
 */
public record Results(String jdk, List<Sample> samples) {

  /** {@return the results in a folder that is named after the JDK} */
  public static Results readFrom(Path folder) throws IOException {
    return new Results(
        String.valueOf(folder.getFileName()), Sample.readFrom(folder.resolve("samples.csv")));
  }

  /** {@return the workloads there are figures of} */
  public List<Workload> workloads() {
    return Workload.ALL.stream()
        .filter(
            workload ->
                samples.stream().anyMatch(sample -> sample.workload().equals(workload.name())))
        .toList();
  }

  /** {@return the clients there are figures of, ours first} */
  public List<String> clients() {
    return samples.stream()
        .sorted(Comparator.comparingInt(sample -> rank(sample.kind())))
        .map(Sample::client)
        .distinct()
        .toList();
  }

  private static int rank(String kind) {
    return List.of("ours", "peer", "reference", "limit").indexOf(kind);
  }

  /** {@return the rounds of a client with a workload} */
  public Cell cell(String workload, String client) {
    return new Cell(
        samples.stream()
            .filter(sample -> sample.workload().equals(workload) && sample.client().equals(client))
            .filter(Sample::isOk)
            .toList());
  }

  /** {@return the peer with the least of a figure} */
  public Optional<String> best(String workload, String figure) {
    return peers()
        .filter(client -> !cell(workload, client).isEmpty())
        .min(Comparator.comparingDouble(client -> cell(workload, client).median(figure)));
  }

  private Stream<String> peers() {
    return samples.stream()
        .filter(sample -> sample.kind().equals("peer"))
        .map(Sample::client)
        .distinct();
  }

  /** {@return what the server's counts make doubtful} */
  public List<String> doubts() {
    return samples.stream()
        .filter(sample -> !sample.isOk() || !sample.doubt().isEmpty())
        .map(
            sample ->
                sample.workload()
                    + ", "
                    + sample.client()
                    + ", round "
                    + sample.round()
                    + ": "
                    + (sample.isOk() ? sample.doubt() : sample.error()))
        .toList();
  }
}
