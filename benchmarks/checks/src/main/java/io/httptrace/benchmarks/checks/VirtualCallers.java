package io.httptrace.benchmarks.checks;

import io.httptrace.benchmarks.server.BenchServer;
import io.httptrace.client.TracingHttpClient;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Compares ten thousand blocking sends that are each made on a virtual thread of their own, all at
 * a time, with as many on platform threads. The two take turns. Needs JDK 21.
 */
final class VirtualCallers {
  private static final int REQUESTS = 10_000;
  private static final int PLATFORM_THREADS = 200;
  private static final int CONNECTIONS = 50;
  private static final int ROUNDS = 7;

  private final TracingHttpClient client =
      TracingHttpClient.newBuilder()
          .maxConnectionsPerHost(CONNECTIONS)
          .maxIdleConnectionsPerHost(CONNECTIONS)
          .build();
  private final HttpRequest request;

  private VirtualCallers(int port) {
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello")).build();
  }

  /**
   * Measures.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (BenchServer server = new BenchServer(null)) {
      new VirtualCallers(server.plainPort()).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      double platform = perSecond(PLATFORM_THREADS, Thread::new);
      double virtual = perSecond(REQUESTS, virtualThreads());
      System.out.printf(
          "platform threads %,.0f requests/s, virtual threads %,.0f, ratio %.2f%n",
          platform, virtual, virtual / platform);
      ratios.add(virtual / platform);
    }
    ratios.sort(null);
    System.out.printf(
        "median of the ratios %.2f, from %.2f to %.2f%n",
        ratios.get(ROUNDS / 2), ratios.get(0), ratios.get(ROUNDS - 1));
    client.close();
  }

  private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
    return (ThreadFactory) factory.invoke(builder);
  }

  private double perSecond(int threads, ThreadFactory factory) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(threads, factory);
    long start = System.nanoTime();
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      all.add(callers.submit(() -> client.send(request, BodyHandlers.discarding()).statusCode()));
    }
    for (Future<Integer> each : all) {
      if (each.get() != 200) {
        throw new IllegalStateException("not answered");
      }
    }
    long took = System.nanoTime() - start;
    callers.shutdown();
    return REQUESTS * 1e9 / took;
  }
}
