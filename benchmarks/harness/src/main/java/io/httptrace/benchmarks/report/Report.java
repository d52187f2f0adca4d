package io.httptrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the tables into a document, and the chart. */
public final class Report {
  static final String START = "<!-- results: written by benchmarks/run -->";
  static final String END = "<!-- end of results -->";

  private Report() {}

  /**
   * Prints the tables of results, and writes them if it is told where.
   *
   * @param args {@code --readme=FILE}, {@code --chart=FILE} (of the first results), folders of
   *     results
   */
  public static void main(String[] args) throws IOException {
    Path readme = null;
    Path chart = null;
    List<Results> all = new ArrayList<>();
    for (String arg : args) {
      if (arg.startsWith("--readme=")) {
        readme = Path.of(arg.substring("--readme=".length()));
      } else if (arg.startsWith("--chart=")) {
        chart = Path.of(arg.substring("--chart=".length()));
      } else {
        all.add(Results.readFrom(Path.of(arg)));
      }
    }
    StringBuilder tables = new StringBuilder();
    all.forEach(results -> tables.append(Tables.of(results)));
    System.out.print(tables);
    if (chart != null) {
      tables.insert(0, "![Processor time of a request](" + chart.getFileName() + ")\n\n");
    }
    if (readme != null) {
      Files.writeString(readme, replacedIn(Files.readString(readme), tables.toString()));
    }
    if (chart != null && !all.isEmpty()) {
      Files.writeString(chart, Chart.of(all.get(0)));
    }
  }

  /**
   * {@return a document with other tables between its marks}
   *
   * @throws IllegalArgumentException if it has no marks
   */
  static String replacedIn(String document, String tables) {
    int start = document.indexOf(START);
    int end = document.indexOf(END);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("the document has no place for results");
    }
    return document.substring(0, start + START.length())
        + "\n\n"
        + tables
        + document.substring(end);
  }
}
