package io.httptrace.benchmarks.runner;

import io.httptrace.benchmarks.peer.Workload;
import io.httptrace.benchmarks.worker.Timing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured.
 *
 * @param home the folder of the benchmarks
 * @param out where the results go; what is there already is not measured again
 * @param jdk the JDK of the clients
 * @param clients the clients
 * @param workloads the workloads
 * @param rounds how often
 * @param goalsOnly whether to leave out what the table of goals does not need
 * @param timing how long each takes
 */
record Options(
    Path home,
    Path out,
    Path jdk,
    List<Client> clients,
    List<Workload> workloads,
    int rounds,
    boolean goalsOnly,
    Timing timing) {
  private static final Timing FULL = new Timing(12, 2.5, 3);
  private static final Timing QUICK = new Timing(8, 1.5, 2);

  /** What a quick run measures unless it is told. */
  private static final List<String> QUICK_CLIENTS =
      List.of("httptrace", "httptrace-recorder", "apache", "apache-async", "jdk");

  private static final List<String> QUICK_WORKLOADS = List.of("sync1pin", "async64");

  /**
   * {@return the options of a command line}
   *
   * @param given by name, without the dashes in front; {@code home}, {@code out} and {@code jdk}
   *     must be there
   * @param known all clients there are
   */
  static Options of(Map<String, String> given, List<Client> known) {
    boolean quick = given.containsKey("quick");
    Timing usual = quick ? QUICK : FULL;
    List<String> clients = names(given.get("clients"), quick ? QUICK_CLIENTS : List.of());
    List<String> workloads = names(given.get("workloads"), quick ? QUICK_WORKLOADS : List.of());
    return new Options(
        Path.of(given.getOrDefault("home", ".")),
        Path.of(given.getOrDefault("out", "results")),
        Path.of(given.getOrDefault("jdk", System.getProperty("java.home"))),
        clients.isEmpty() ? known : clients.stream().map(name -> client(name, known)).toList(),
        workloads.isEmpty() ? Workload.ALL : workloads.stream().map(Workload::of).toList(),
        Integer.parseInt(given.getOrDefault("rounds", quick ? "1" : "3")),
        given.containsKey("goals"),
        new Timing(
            seconds(given, "warm-up", usual.warmUpSeconds()),
            seconds(given, "window", usual.windowSeconds()),
            usual.windows()));
  }

  private static List<String> names(@Nullable String list, List<String> usual) {
    return list == null ? usual : List.of(list.split(",", -1));
  }

  private static double seconds(Map<String, String> given, String name, double usual) {
    return Double.parseDouble(given.getOrDefault(name, Double.toString(usual)));
  }

  private static Client client(String name, List<Client> known) {
    return known.stream()
        .filter(client -> client.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such client: " + name));
  }

  /** {@return the clients in the order of a round: the next round begins elsewhere} */
  List<Client> clientsOf(int round) {
    List<Client> order = new ArrayList<>(clients);
    int shift = (round - 1) * Math.max(1, clients.size() / Math.max(1, rounds));
    Collections.rotate(order, -shift);
    return order;
  }
}
