package io.httptrace.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to hold: a figure of ours, in relation to another client's.
 *
 * @param text what it is about
 * @param workload the workload
 * @param client which of ours
 * @param other the client it is compared with; null for the best peer
 * @param figure the figure
 * @param relation how
 * @param limit what it must not exceed, or, if more is better, not fall below
 */
record Goal(
    String text,
    String workload,
    String client,
    @Nullable String other,
    String figure,
    Relation relation,
    double limit) {

  /** How two figures are compared. */
  enum Relation {
    /** Ours divided by the other; less is better. */
    RATIO,
    /** Ours divided by the other; more is better. */
    RATIO_UP,
    /** Ours less the other; less is better. */
    DIFFERENCE,
    /** Ours alone; less is better. */
    ALONE
  }

  private static final String CPU = "cpu_us";
  private static final String BYTES = "alloc_b";
  private static final String OURS = "httptrace";
  private static final String RECORDER = "httptrace-recorder";
  private static final String APACHE = "apache";

  static final List<Goal> ALL =
      List.of(
          cpu("1 thread, client and server on one core", "sync1pin", APACHE, 0.9),
          new Goal("1 thread", "sync1", OURS, APACHE, "rps", Relation.RATIO_UP, 1.1),
          cpu("32 threads", "sync32", APACHE, 0.9),
          cpu("POST 1 KiB", "post1k", APACHE, 0.95),
          cpu("asynchronous, 64 in flight", "async64", "apache-async", 0.65),
          cpu("asynchronous, 64 in flight, HTTP/2", "h2async64", null, 0.5),
          cpu("1 thread, HTTP/2", "h2sync1", null, 1),
          cpu("1 thread, over TLS", "tls1", null, 1),
          cpu("1 MiB streamed", "get1m", APACHE, 1.2),
          cpu("1 MiB streamed", "get1m", "jdk", 0.2),
          cpu("new TLS connections, the JDK's TLS", "cold", APACHE, 1.05),
          new Goal(
              "new TLS connections, BoringSSL",
              "cold",
              "httptrace-boringssl",
              "armeria",
              CPU,
              Relation.RATIO,
              1.05),
          new Goal(
              "bytes of an untraced GET", "sync1pin", OURS, null, BYTES, Relation.ALONE, 4_000),
          recorder("sync1pin", 1.05),
          recorder("sync32", 1.05),
          recorder("async64", 1.08),
          recorder("h2async64", 1.08),
          new Goal(
              "bytes of a recorder",
              "sync1pin",
              RECORDER,
              OURS,
              BYTES,
              Relation.DIFFERENCE,
              1_000));

  /** Where all peers were measured, the best was always one of these. */
  private static final List<String> BEST_PEERS = List.of(APACHE, "armeria", "jetty");

  /** {@return the clients whose figures are compared in it} */
  Stream<String> clients() {
    if (relation == Relation.ALONE) {
      return Stream.of(client);
    }
    return Stream.concat(Stream.of(client), other == null ? BEST_PEERS.stream() : Stream.of(other));
  }

  private static Goal cpu(String text, String workload, @Nullable String other, double limit) {
    return new Goal(text, workload, OURS, other, CPU, Relation.RATIO, limit);
  }

  private static Goal recorder(String workload, double limit) {
    return new Goal("a recorder", workload, RECORDER, OURS, CPU, Relation.RATIO, limit);
  }

  /** {@return a row of the table; empty if it was not measured} */
  String row(Results results) {
    Cell ours = results.cell(workload, client);
    String peer =
        relation == Relation.ALONE
            ? ""
            : other != null ? other : results.best(workload, figure).orElse("");
    double[] rounds =
        switch (relation) {
          case RATIO, RATIO_UP -> ours.with(results.cell(workload, peer), figure, (a, b) -> a / b);
          case DIFFERENCE -> ours.with(results.cell(workload, peer), figure, (a, b) -> a - b);
          case ALONE -> ours.with(ours, figure, (a, b) -> a);
        };
    if (rounds.length == 0) {
      return "";
    }
    double median = Cell.median(Arrays.stream(rounds));
    boolean bytes = relation == Relation.DIFFERENCE || relation == Relation.ALONE;
    boolean holds = relation == Relation.RATIO_UP ? median >= limit : median <= limit;
    return String.join(
        " | ",
        "| " + text,
        "`" + workload + "`",
        figure.equals("rps") ? "requests/s" : bytes ? "bytes" : "CPU",
        peer.isEmpty() ? "–" : peer,
        bytes ? Numbers.figure(median) : Numbers.ratio(median),
        bytes ? "–" : Numbers.range(rounds),
        (relation == Relation.RATIO_UP ? "≥ " : "≤ ")
            + (bytes ? Numbers.figure(limit) : Numbers.ratio(limit)),
        (holds ? "yes" : "**no**") + " |");
  }
}
