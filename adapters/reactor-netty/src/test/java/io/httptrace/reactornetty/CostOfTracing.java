package io.httptrace.reactornetty;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.TraceRecorder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * What tracing costs: the CPU time that the calling thread and the event loop use for a request on
 * a connection that is reused, in microseconds. Rounds of the ways to send take turns, so that all
 * of them have the same disturbances; the median of the rounds counts. Not a test: run {@code
 * main}.
 */
public final class CostOfTracing {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CostOfTracing() {}

  /**
   * Measures, and prints a line for each way.
   *
   * @param args how many rounds, and how many requests in each; 15 of 1,000 without
   */
  public static void main(String... args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    LoopResources loops = LoopResources.create("cost", 1, true);
    AtomicLong loop = new AtomicLong();
    try (PathServer site = new PathServer()) {
      HttpClient bare =
          HttpClient.create(ConnectionProvider.create("cost", 1))
              .runOn(loops)
              .doOnResponse((head, connection) -> loop.set(Thread.currentThread().getId()));
      HttpClient traced = ReactorNettyTracing.create().install(bare);
      HttpClient listening = listening(bare);
      ClientTrace empty =
          new ClientTrace() {
            @Override
            public boolean nonBlocking() {
              return true;
            }
          };
      Map<String, Supplier<Mono<String>>> ways = new LinkedHashMap<>();
      ways.put("without the adapter", () -> get(bare, site));
      ways.put("with it, no trace", () -> get(traced, site));
      ways.put("callbacks of Reactor Netty", () -> get(listening, site));
      ways.put("a trace without hooks", () -> with(empty, get(traced, site)));
      ways.put("a TraceRecorder", () -> with(new TraceRecorder(), get(traced, site)));
      ways.put("a trace that may block", () -> with(new ClientTrace() {}, get(traced, site)));

      Map<String, List<Double>> micros = new LinkedHashMap<>();
      for (int round = -5; round < rounds; round++) { // the first five warm up
        for (Map.Entry<String, Supplier<Mono<String>>> way : ways.entrySet()) {
          double each = measure(way.getValue(), requests, loop);
          if (round >= 0) {
            micros.computeIfAbsent(way.getKey(), w -> new ArrayList<>()).add(each);
          }
        }
      }
      micros.forEach(CostOfTracing::print);
    }
  }

  /** Notes the time of each event it hears of, as callbacks of an application do. */
  private static HttpClient listening(HttpClient client) {
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    return client
        .doOnRequest((request, connection) -> times.add(System.nanoTime()))
        .doAfterRequest((request, connection) -> times.add(System.nanoTime()))
        .doOnResponse((response, connection) -> times.add(System.nanoTime()))
        .doAfterResponseSuccess((response, connection) -> times.clear());
  }

  private static Mono<String> get(HttpClient client, PathServer site) {
    return client.get().uri(site.url("/ok")).responseContent().aggregate().asString();
  }

  private static Mono<String> with(ClientTrace trace, Mono<String> call) {
    return call.contextWrite(context -> context.put(ClientTrace.class, trace));
  }

  private static double measure(Supplier<Mono<String>> calls, int requests, AtomicLong loop) {
    var unused = calls.get().block();
    long start = cpu(loop);
    for (int i = 0; i < requests; i++) {
      unused = calls.get().block();
    }
    return (cpu(loop) - start) / 1_000.0 / requests;
  }

  private static long cpu(AtomicLong loop) {
    return THREADS.getCurrentThreadCpuTime() + THREADS.getThreadCpuTime(loop.get());
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
}
