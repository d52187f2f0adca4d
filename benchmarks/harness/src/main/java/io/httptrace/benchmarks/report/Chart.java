package io.httptrace.benchmarks.report;

import io.httptrace.benchmarks.peer.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A chart of the processor time of a request: a block of bars for each workload. */
final class Chart {
  private static final int WIDTH = 720;
  private static final int ROW = 20;
  private static final int NAMES = 150;
  private static final int FIGURES = 70;
  private static final List<String> WORKLOADS =
      List.of("sync1pin", "sync32", "async64", "h2async64", "get1m");
  private static final List<String> KINDS = List.of("ours", "peer");

  private final Results results;
  private final StringBuilder svg = new StringBuilder();
  private int y = 10;

  private Chart(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    return new Chart(results).draw();
  }

  private String draw() {
    for (Workload workload : results.workloads()) {
      if (WORKLOADS.contains(workload.name())) {
        block(workload);
      }
    }
    String head =
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
            WIDTH, y + 10);
    return head + svg + "</svg>\n";
  }

  private void block(Workload workload) {
    List<String> clients =
        results.clients().stream()
            .filter(client -> shown(workload.name(), client))
            .sorted(Comparator.comparingDouble(client -> cpu(workload.name(), client)))
            .toList();
    double most = clients.stream().mapToDouble(c -> cpu(workload.name(), c)).max().orElse(1);
    y += ROW;
    text(10, "bold", workload.title() + ": CPU µs of a request");
    for (String client : clients) {
      y += ROW;
      double share = cpu(workload.name(), client) / most;
      int length = (int) Math.max(1, share * (WIDTH - NAMES - FIGURES));
      text(20, "normal", client);
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
              NAMES,
              y - ROW * 2 / 3,
              length,
              ROW * 4 / 5,
              client.startsWith("httptrace") ? "#1f6feb" : "#9aa4b2"));
      text(NAMES + length + 6, "normal", Numbers.figure(cpu(workload.name(), client)));
    }
    y += ROW / 2;
  }

  private boolean shown(String workload, String client) {
    return results.samples().stream()
            .anyMatch(sample -> sample.client().equals(client) && KINDS.contains(sample.kind()))
        && !client.equals("httptrace-empty")
        && !results.cell(workload, client).isEmpty();
  }

  private double cpu(String workload, String client) {
    return results.cell(workload, client).median("cpu_us");
  }

  private void text(int x, String weight, String what) {
    svg.append(
        String.format(
            "<text x=\"%d\" y=\"%d\" font-weight=\"%s\" fill=\"#24292f\">%s</text>%n",
            x, y, weight, what));
  }
}
