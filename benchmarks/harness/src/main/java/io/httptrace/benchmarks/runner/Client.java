package io.httptrace.benchmarks.runner;

import io.httptrace.benchmarks.peer.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A client, as {@code clients.conf} has it.
 *
 * @param name what it is called
 * @param kind {@code limit}, {@code ours}, {@code peer} or {@code reference}
 * @param module where its class path is
 * @param type its class
 * @param options what the class is told
 * @param workloads those that mean something for it; empty for all
 * @param description what it is
 */
public record Client(
    String name,
    String kind,
    String module,
    String type,
    String options,
    List<String> workloads,
    String description) {
  private static final int COLUMNS = 6;

  /** {@return the clients of a file} */
  public static List<Client> readFrom(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Client::of)
        .toList();
  }

  static Client of(String line) {
    String[] columns = line.strip().split("\\s+", COLUMNS);
    if (columns.length < COLUMNS) {
      throw new IllegalArgumentException("not a client: " + line);
    }
    int mark = columns[3].indexOf('?');
    return new Client(
        columns[0],
        columns[1],
        columns[2],
        mark < 0 ? columns[3] : columns[3].substring(0, mark),
        mark < 0 ? "" : columns[3].substring(mark + 1),
        columns[4].equals("all") ? List.of() : List.of(columns[4].split("\\+", -1)),
        columns[5]);
  }

  boolean isGo() {
    return module.equals("go");
  }

  boolean does(Workload workload) {
    return workloads.isEmpty() || workloads.contains(workload.name());
  }
}
