package io.httptrace.benchmarks.report;

import io.httptrace.benchmarks.peer.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables of one JDK, as Markdown. */
final class Tables {
  private final Results results;
  private final StringBuilder text = new StringBuilder();

  private Tables(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    Tables tables = new Tables(results);
    tables.text.append("### ").append(results.jdk()).append("\n\n");
    tables.goals();
    tables.overview("CPU µs of the client for a request", "cpu_us");
    tables.overview("requests/s", "rps");
    tables.overview("bytes allocated for a request", "alloc_b");
    tables.tracing();
    tables.doubts();
    return tables.text.toString();
  }

  private void header(String... columns) {
    text.append("| ").append(String.join(" | ", columns)).append(" |\n|");
    for (int i = 0; i < columns.length; i++) {
      text.append(i == 0 ? " --- |" : " ---: |");
    }
    text.append('\n');
  }

  private void goals() {
    List<String> rows =
        Goal.ALL.stream().map(goal -> goal.row(results)).filter(row -> !row.isEmpty()).toList();
    if (!rows.isEmpty()) {
      header("what", "workload", "figure", "to", "ours", "rounds", "wanted", "holds");
      rows.forEach(row -> text.append(row).append('\n'));
      text.append('\n');
    }
  }

  private void overview(String title, String figure) {
    List<Workload> workloads = results.workloads();
    String[] columns = new String[workloads.size() + 1];
    columns[0] = title;
    for (int i = 0; i < workloads.size(); i++) {
      columns[i + 1] = workloads.get(i).name();
    }
    header(columns);
    for (String client : results.clients()) {
      text.append("| ").append(client);
      for (Workload workload : workloads) {
        text.append(" | ").append(cell(workload.name(), client, figure));
      }
      text.append(" |\n");
    }
    text.append('\n');
  }

  /** A figure, in brackets how far the rounds are apart. */
  private String cell(String workload, String client, String figure) {
    Cell cell = results.cell(workload, client);
    if (cell.isEmpty()) {
      return "";
    }
    double spread = cell.spread(figure);
    String value = Numbers.figure(cell.median(figure));
    String best = results.best(workload, "cpu_us").equals(Optional.of(client)) ? "**" : "";
    return best + value + best + (spread >= 1 ? " " + Numbers.percent(spread) : "");
  }

  private void tracing() {
    List<String> rows =
        results.clients().stream()
            .filter(client -> client.contains("-"))
            .flatMap(
                client ->
                    results.workloads().stream()
                        .map(workload -> tracing(workload.name(), client))
                        .filter(row -> !row.isEmpty()))
            .toList();
    if (!rows.isEmpty()) {
      header("tracing", "workload", "CPU to none", "rounds", "more CPU µs", "more bytes");
      rows.forEach(row -> text.append(row).append('\n'));
      text.append('\n');
    }
  }

  /** The client without a trace is named by what stands before the last dash. */
  private String tracing(String workload, String client) {
    String untraced = client.substring(0, client.lastIndexOf('-'));
    String how = client.substring(untraced.length() + 1);
    Cell with = results.cell(workload, client);
    Cell without = results.cell(workload, untraced);
    if (!List.of("empty", "recorder", "hooks", "listener").contains(how)
        || with.isEmpty()
        || without.isEmpty()) {
      return "";
    }
    double[] ratios = with.with(without, "cpu_us", (a, b) -> a / b);
    double more = with.median("cpu_us") - without.median("cpu_us");
    return String.join(
        " | ",
        "| " + client,
        "`" + workload + "`",
        Numbers.ratio(Cell.median(Arrays.stream(ratios))),
        Numbers.range(ratios),
        Numbers.figure(more),
        Numbers.figure(with.median("alloc_b") - without.median("alloc_b")) + " |");
  }

  private void doubts() {
    List<String> doubts = results.doubts();
    if (!doubts.isEmpty()) {
      text.append("Not to be relied on:\n\n");
      doubts.forEach(doubt -> text.append("- ").append(doubt).append('\n'));
      text.append('\n');
    }
  }
}
