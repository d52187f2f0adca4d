package io.httptrace.jetty;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.TraceRecorder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;

/**
 * What tracing costs: the CPU time that the process uses for a request on a connection that is
 * reused, in microseconds, with a server in it. Rounds of the ways to send take turns, so that all
 * of them have the same disturbances; the median of the rounds counts. Not a test: run {@code
 * main}.
 */
public final class CostOfTracing {
  private static final com.sun.management.OperatingSystemMXBean PROCESS =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CostOfTracing() {}

  /**
   * Measures, and prints a line for each way.
   *
   * @param args how many rounds, and how many requests in each; 15 of 1,000 without
   */
  public static void main(String... args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    try (PathServer site = new PathServer();
        Clients clients = new Clients()) {
      String url = site.url("/ok");
      HttpClient bare = clients.start(new HttpClient());
      HttpClient traced = clients.start(JettyTracing.create());
      Map<String, Supplier<Request>> ways = new LinkedHashMap<>();
      ways.put("without the adapter", () -> bare.newRequest(url));
      ways.put("with it, no trace", () -> traced.newRequest(url));
      ways.put("listeners of Jetty", () -> Listeners.on(bare.newRequest(url)));
      ways.put(
          "a trace that may block",
          () -> Clients.with(traced.newRequest(url), new ClientTrace() {}));
      ways.put("a TraceRecorder", () -> Clients.with(traced.newRequest(url), new TraceRecorder()));

      Map<String, List<Double>> micros = new LinkedHashMap<>();
      for (int round = -5; round < rounds; round++) { // the first five warm up
        for (Map.Entry<String, Supplier<Request>> way : ways.entrySet()) {
          double each = measure(way.getValue(), requests);
          if (round >= 0) {
            micros.computeIfAbsent(way.getKey(), w -> new ArrayList<>()).add(each);
          }
        }
      }
      micros.forEach(CostOfTracing::print);
    }
  }

  private static double measure(Supplier<Request> made, int requests) throws Exception {
    long start = PROCESS.getProcessCpuTime();
    for (int i = 0; i < requests; i++) {
      made.get().send();
    }
    return (PROCESS.getProcessCpuTime() - start) / 1_000.0 / requests;
  }

  private static void print(String way, List<Double> micros) {
    List<Double> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    System.out.printf(
        "%-28s %6.1f us (%.1f to %.1f)%n",
        way,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() / 4),
        sorted.get(sorted.size() * 3 / 4));
  }

  /** Notes the time of each event it hears of, as listeners of an application do. */
  private static final class Listeners {
    private final List<Long> times = new ArrayList<>();

    private void note() {
      times.add(System.nanoTime());
    }

    static Request on(Request request) {
      Listeners listeners = new Listeners();
      return request
          .onRequestQueued(r -> listeners.note())
          .onRequestBegin(r -> listeners.note())
          .onRequestCommit(r -> listeners.note())
          .onRequestSuccess(r -> listeners.note())
          .onResponseBegin((Response r) -> listeners.note())
          .onResponseHeaders(r -> listeners.note())
          .onResponseSuccess(r -> listeners.note())
          .onComplete(r -> listeners.note());
    }
  }
}
