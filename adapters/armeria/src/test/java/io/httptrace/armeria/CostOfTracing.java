package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.EventLoopGroups;
import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.TraceRecorder;
import io.netty.channel.EventLoopGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What tracing costs: the CPU time that the calling thread and the event loop use for a request on
 * a connection that is reused, in microseconds. Rounds of the ways to send take turns, so that all
 * of them have the same disturbances; the median of the rounds counts. Not a test: run {@code
 * main}.
 */
public final class CostOfTracing {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final EventLoopGroup loop = EventLoopGroups.newEventLoopGroup(1);
  private final long loopThread =
      loop.submit(() -> Thread.currentThread().getId()).syncUninterruptibly().getNow();

  private CostOfTracing() {}

  /**
   * Measures, and prints a line for each way.
   *
   * @param args how many rounds, and how many requests in each; 15 of 1,000 without
   */
  public static void main(String... args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    new CostOfTracing().measureAll(rounds, requests);
  }

  private void measureAll(int rounds, int requests) {
    ArmeriaTracing tracing = ArmeriaTracing.create();
    try (PathServer site = new PathServer();
        ClientFactory plain = factory(ClientFactory.builder());
        ClientFactory prepared = factory(tracing.install(ClientFactory.builder()))) {
      String url = site.url("/ok");
      WebClient bare = WebClient.builder().factory(plain).build();
      WebClient listening =
          WebClient.builder()
              .factory(plain)
              .decorator(
                  (delegate, ctx, req) -> {
                    List<Long> times = new ArrayList<>();
                    ctx.log().addListener((property, log) -> times.add(System.nanoTime()));
                    return delegate.execute(ctx, req);
                  })
              .build();
      WebClient traced = tracing.install(WebClient.builder().factory(prepared)).build();
      Map<String, Supplier<HttpResponse>> ways = new LinkedHashMap<>();
      ways.put("without the adapter", () -> bare.get(url));
      ways.put("with it, no trace", () -> traced.get(url));
      ways.put("a RequestLogListener", () -> listening.get(url));
      ways.put("a trace without hooks", () -> with(traced, url, new ClientTrace() {}));
      ways.put("a TraceRecorder", () -> with(traced, url, new TraceRecorder()));

      Map<String, List<Double>> micros = new LinkedHashMap<>();
      for (int round = -5; round < rounds; round++) { // the first five warm up
        for (Map.Entry<String, Supplier<HttpResponse>> way : ways.entrySet()) {
          double each = measure(way.getValue(), requests);
          if (round >= 0) {
            micros.computeIfAbsent(way.getKey(), w -> new ArrayList<>()).add(each);
          }
        }
      }
      micros.forEach(CostOfTracing::print);
    } finally {
      loop.shutdownGracefully();
    }
  }

  private ClientFactory factory(ClientFactoryBuilder builder) {
    return builder.preferHttp1(true).workerGroup(loop, false).build();
  }

  private static HttpResponse with(WebClient client, String url, ClientTrace trace) {
    return client.prepare().get(url).attr(ArmeriaTracing.CLIENT_TRACE, trace).execute();
  }

  private long cpuTime() {
    return THREADS.getCurrentThreadCpuTime() + THREADS.getThreadCpuTime(loopThread);
  }

  private double measure(Supplier<HttpResponse> way, int requests) {
    long start = cpuTime();
    for (int i = 0; i < requests; i++) {
      way.get().aggregate().join();
    }
    return (cpuTime() - start) / 1_000.0 / requests;
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
