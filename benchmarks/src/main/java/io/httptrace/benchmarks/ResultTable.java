package io.httptrace.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The medians as a Markdown table, each with its ratio to Apache's client at as many threads. */
final class ResultTable {
  static final String START = "<!-- results: written by benchmarks/run -->";
  static final String END = "<!-- end of results -->";

  private static final String HEAD =
      """
      | client | threads | requests/s | lowest–highest | to Apache | CPU µs/request | to Apache | bytes/request | to Apache |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      """;

  private final List<Row> rows;

  ResultTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** {@return the table} */
  String markdown() {
    StringBuilder text = new StringBuilder(HEAD);
    for (Row row : rows) {
      Optional<Row> apache = apacheAt(row.threads());
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %,.0f | %,.0f–%,.0f | %s | %.1f | %s | %,.0f | %s |%n",
              row.client().title(),
              row.threads(),
              row.requestsPerSecond(),
              row.lowestRequestsPerSecond(),
              row.highestRequestsPerSecond(),
              ratio(row.requestsPerSecond(), apache.map(Row::requestsPerSecond)),
              row.cpuMicrosPerRequest(),
              ratio(row.cpuMicrosPerRequest(), apache.map(Row::cpuMicrosPerRequest)),
              row.bytesPerRequest(),
              ratio(row.bytesPerRequest(), apache.map(Row::bytesPerRequest))));
    }
    return text.toString();
  }

  /**
   * {@return a document with the table in place of what stands between the marks}
   *
   * @throws IllegalArgumentException if the marks are not there
   */
  String replacedIn(String document) {
    int start = document.indexOf(START);
    int end = document.indexOf(END);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no marks for the results");
    }
    return document.substring(0, start + START.length())
        + "\n\n"
        + markdown()
        + "\n"
        + document.substring(end);
  }

  private Optional<Row> apacheAt(int threads) {
    return rows.stream()
        .filter(row -> row.client() == ClientKind.APACHE && row.threads() == threads)
        .findFirst();
  }

  private static String ratio(double figure, Optional<Double> reference) {
    return reference.map(apache -> String.format(Locale.ROOT, "%.2f", figure / apache)).orElse("–");
  }
}
