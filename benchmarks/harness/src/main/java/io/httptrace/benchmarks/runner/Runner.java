package io.httptrace.benchmarks.runner;

import io.httptrace.benchmarks.peer.Workload;
import io.httptrace.benchmarks.report.Goals;
import io.httptrace.benchmarks.report.Sample;
import io.httptrace.benchmarks.worker.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares clients: for each round, workload and client a process, one after the other. The clients
 * take turns, so that what else happens on the machine meets all of them.
 */
public final class Runner {
  /** Others may use so much of a core, in percent; else it is measured once more. */
  private static final double NOISE = 25;

  private final Options options;
  private final Samples samples;
  private final WorkerProcess workers;
  private final Set<String> failed = new HashSet<>();

  private Runner(Options options, Samples samples, WorkerProcess workers) {
    this.options = options;
    this.samples = samples;
    this.workers = workers;
  }

  /**
   * Runs a comparison, or goes on with one.
   *
   * @param args see {@code benchmarks/run --help}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--")) {
        throw new IllegalArgumentException("not an option: " + arg);
      }
      given.put(
          arg.substring(2, equals < 0 ? arg.length() : equals),
          equals < 0 ? "" : arg.substring(equals + 1));
    }
    Path home = Path.of(given.getOrDefault("home", "."));
    List<Client> known = Client.readFrom(home.resolve("clients.conf"));
    if (given.containsKey("list")) {
      known.forEach(client -> list(client.name(), client.kind() + ": " + client.description()));
      Workload.ALL.forEach(workload -> list(workload.name(), workload.title()));
      return;
    }
    Options options = Options.of(given, known);
    Files.createDirectories(options.out().resolve("logs"));
    Path certificates = home.resolve("target/certificates").toAbsolutePath();
    Certificates.makeIn(certificates);
    String serverPath = new ClassPaths(home).of("server");
    Path serverLog = options.out().resolve("logs/server");
    try (ServerProcess server = new ServerProcess(serverPath, certificates, serverLog)) {
      Samples samples = new Samples(options.out().resolve("samples.csv"));
      WorkerProcess workers = new WorkerProcess(options, server, certificates);
      new Runner(options, samples, workers).run();
    }
  }

  private static void list(String name, String what) {
    System.out.printf("%-20s %s%n", name, what);
  }

  private void run() throws IOException, InterruptedException {
    warmServer();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Workload workload : options.workloads()) {
        for (Client client : options.clientsOf(round)) {
          if (isDue(round, workload, client)) {
            measure(round, workload, client);
          }
        }
      }
    }
  }

  private boolean isDue(int round, Workload workload, Client client) {
    return client.does(workload)
        && (!options.goalsOnly() || Goals.need(workload.name(), client.name()))
        && !failed.contains(workload.name() + " " + client.name())
        && !samples.has(round, workload, client)
        && (!client.isGo() || Files.exists(options.home().resolve("go/target/httptrace-go")));
  }

  /** The server's code is to be compiled before anything counts. */
  private void warmServer() throws IOException, InterruptedException {
    Client any = options.clients().get(0);
    for (Workload workload : options.workloads()) {
      if (any.does(workload)) {
        workers.run(any, workload, new Timing(1, 2, 1));
      }
    }
  }

  private void measure(int round, Workload workload, Client client)
      throws IOException, InterruptedException {
    Map<String, String> found = workers.run(client, workload, options.timing());
    if (noise(found) > NOISE) {
      Map<String, String> again = workers.run(client, workload, options.timing());
      found = noise(again) < noise(found) ? again : found;
    }
    Sample sample = samples.add(round, workload, client, found);
    if (!sample.isOk()) {
      failed.add(workload.name() + " " + client.name());
    }
    System.out.println(text(sample));
  }

  private static double noise(Map<String, String> found) {
    return Double.parseDouble(found.getOrDefault("other_cpu_pct", "0"));
  }

  private static String text(Sample sample) {
    String what =
        String.format("%d %-10s %-20s", sample.round(), sample.workload(), sample.client());
    if (!sample.isOk()) {
      return what + " " + sample.error();
    }
    return what
        + String.format(
            " %9.0f/s %8.2f us cpu %9.1f us median %8.0f B, others %3.0f%%",
            sample.value("rps"),
            sample.value("cpu_us"),
            sample.value("p50_us"),
            sample.value("alloc_b"),
            sample.value("other_cpu_pct"))
        + (sample.doubt().isEmpty() ? "" : " (" + sample.doubt() + ")");
  }
}
