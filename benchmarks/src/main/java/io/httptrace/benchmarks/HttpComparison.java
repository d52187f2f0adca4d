package io.httptrace.benchmarks;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares HTTP clients: GET of 100 bytes on kept-alive connections over loopback, requests per
 * second, processor time and bytes allocated for each request.
 *
 * <p>The server is a process of its own, and so is every single measurement of a client, so that
 * none profits from what another has warmed up. The clients take turns, round after round, and the
 * median of a client's rounds counts.
 */
public final class HttpComparison {
  /** One heap for all, large enough that no client is measured by its collections alone. */
  private static final List<String> FLAGS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Plan plan;

  private HttpComparison(Plan plan) {
    this.plan = plan;
  }

  /**
   * Runs a comparison and prints its table.
   *
   * @param args {@code --clients=ours,jdk,apache --threads=1,32 --rounds=5 --warmup-ms=8000
   *     --measured-ms=4000 --json=FILE --readme=FILE}, all optional
   */
  public static void main(String[] args) throws IOException {
    Plan plan = Plan.of(args);
    List<Row> rows = new HttpComparison(plan).run();
    ResultTable table = new ResultTable(rows);
    System.out.println(table.markdown());
    if (!plan.json().isEmpty()) {
      try (Writer target = Files.newBufferedWriter(Path.of(plan.json()))) {
        ResultFile.write(target, plan, rows);
      }
    }
    if (!plan.readme().isEmpty()) {
      Path readme = Path.of(plan.readme());
      Files.writeString(readme, table.replacedIn(Files.readString(readme)));
    }
  }

  private List<Row> run() {
    List<Row> rows = new ArrayList<>();
    try (ChildProcess server = ChildProcess.start(FLAGS, BenchServer.class)) {
      String port = server.readLine();
      for (int threads : plan.threadCounts()) {
        samples(port, threads)
            .forEach((client, samples) -> rows.add(new Row(client, threads, samples)));
      }
    }
    return rows;
  }

  private Map<ClientKind, List<Sample>> samples(String port, int threads) {
    Map<ClientKind, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (ClientKind client : plan.clients()) {
        Sample sample = sample(client, port, threads);
        System.err.printf(
            "round %d, %d threads, %s: %.0f/s%n",
            round, threads, client.id(), sample.requestsPerSecond());
        samples.computeIfAbsent(client, unused -> new ArrayList<>()).add(sample);
      }
    }
    return samples;
  }

  private Sample sample(ClientKind client, String port, int threads) {
    try (ChildProcess process =
        ChildProcess.start(
            FLAGS,
            LoadRun.class,
            client.id(),
            port,
            Integer.toString(threads),
            Long.toString(plan.warmup().toMillis()),
            Long.toString(plan.measured().toMillis()))) {
      return Sample.ofLine(process.readLine());
    }
  }
}
