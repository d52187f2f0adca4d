package io.httptrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process measured.
 *
 * @param round which round it was in, from 1
 * @param workload the name of the workload
 * @param client the name of the client
 * @param kind what kind of client that is
 * @param error what went wrong, empty if nothing did
 * @param values the figures by name, NaN where there is none
 */
public record Sample(
    int round,
    String workload,
    String client,
    String kind,
    String error,
    Map<String, Double> values) {
  private static final List<String> VALUES =
      List.of(
          "seconds",
          "requests",
          "rps",
          "cpu_us",
          "user_us",
          "sys_us",
          "jit_cpu_us",
          "p50_us",
          "p99_us",
          "max_us",
          "alloc_b",
          "warm_s",
          "first_ms",
          "peak_rss_mb",
          "threads",
          "open_conns",
          "new_conns",
          "resumed",
          "server_reqs",
          "server_cpu_us",
          "other_cpu_pct");

  /** The names of the columns of a file of samples. */
  public static final String HEADER =
      "round,workload,client,kind,error," + String.join(",", VALUES);

  /** {@return the sample of what a process printed} */
  public static Sample of(
      int round, String workload, String client, String kind, Map<String, String> found) {
    String status = found.getOrDefault("status", "error");
    String error = status.equals("ok") ? "" : status + "_" + found.getOrDefault("error", "");
    Map<String, Double> values = new TreeMap<>();
    for (String name : VALUES) {
      values.put(name, number(found.getOrDefault(name, "")));
    }
    return new Sample(round, workload, client, kind, error, values);
  }

  private static double number(String text) {
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  /** {@return the samples of a file} */
  public static List<Sample> readFrom(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException("not a file of samples, or of another version: " + file);
    }
    return lines.stream().skip(1).map(Sample::ofLine).toList();
  }

  private static Sample ofLine(String line) {
    String[] columns = line.split(",", -1);
    int first = columns.length - VALUES.size();
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < VALUES.size(); i++) {
      values.put(VALUES.get(i), number(columns[first + i]));
    }
    return new Sample(
        Integer.parseInt(columns[0]), columns[1], columns[2], columns[3], columns[4], values);
  }

  /** {@return it as a line of a file} */
  public String line() {
    StringBuilder line = new StringBuilder();
    line.append(round).append(',').append(workload).append(',').append(client);
    line.append(',').append(kind).append(',').append(error);
    for (String name : VALUES) {
      double value = value(name);
      line.append(',').append(Double.isNaN(value) ? "" : Double.toString(value));
    }
    return line.toString();
  }

  /** {@return a figure; NaN if there is none} */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /** {@return whether it can be used} */
  public boolean isOk() {
    return error.isEmpty();
  }

  /** {@return what the server counted that does not fit what the client did; empty if all fits} */
  public String doubt() {
    double requests = value("requests");
    double slack = 64 + 0.03 * requests;
    if (Math.abs(value("server_reqs") - requests) > slack) {
      return "the server saw " + (long) value("server_reqs") + " requests";
    }
    double expected = workload.equals("cold") ? requests : 0;
    return Math.abs(value("new_conns") - expected) > slack
        ? (long) value("new_conns") + " new connections"
        : "";
  }
}
