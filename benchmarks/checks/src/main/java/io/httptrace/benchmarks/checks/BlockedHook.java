package io.httptrace.benchmarks.checks;

import io.httptrace.ClientTrace;
import io.httptrace.benchmarks.server.BenchServer;
import io.httptrace.benchmarks.worker.Histogram;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Shows that a hook that blocks holds up its own request and no other: how long the others take
 * without one, and how long while one blocks for two seconds.
 */
final class BlockedHook {
  private static final int SENDERS = 4;
  private static final double SECONDS = 2;

  private final TracingHttpClient client = TracingHttpClient.newHttpClient();
  private final HttpRequest request;

  private BlockedHook(int port) {
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello")).build();
  }

  /**
   * Measures.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (BenchServer server = new BenchServer(null)) {
      new BlockedHook(server.plainPort()).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    others();
    print("no hook blocks", others());
    CountDownLatch never = new CountDownLatch(1);
    ClientTrace blocking = ClientTrace.builder().gotFirstResponseByte(() -> await(never)).build();
    List<Callable<?>> blocked =
        List.of(
            () -> client.send(TracedRequest.of(request, blocking), BodyHandlers.discarding()),
            () ->
                client
                    .sendAsync(TracedRequest.of(request, blocking), BodyHandlers.discarding())
                    .get());
    ExecutorService threads = Executors.newFixedThreadPool(blocked.size());
    blocked.forEach(threads::submit);
    print("a hook of send and one of sendAsync block", others());
    threads.shutdownNow();
    client.close();
  }

  private static void await(CountDownLatch never) {
    try {
      never.await((long) (SECONDS * 1000), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return how long requests take, half of them asynchronous, for the time a hook may block} */
  private Histogram others() throws Exception {
    long end = System.nanoTime() + (long) (SECONDS * 0.9e9);
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
    List<Future<Histogram>> results = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      boolean async = i % 2 == 0;
      results.add(threads.submit(() -> send(async, end)));
    }
    Histogram all = new Histogram();
    for (Future<Histogram> result : results) {
      all.add(result.get());
    }
    threads.shutdown();
    return all;
  }

  private Histogram send(boolean async, long end) throws Exception {
    Histogram times = new Histogram();
    for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
      if (async) {
        client.sendAsync(request, BodyHandlers.discarding()).get();
      } else {
        client.send(request, BodyHandlers.discarding());
      }
      times.record(System.nanoTime() - start);
    }
    return times;
  }

  private static void print(String what, Histogram times) {
    System.out.printf(
        "%s: %,d others, median %.2f ms, 99 %% within %.2f ms, 99.9 %% within %.2f ms, at most"
            + " %.2f ms%n",
        what,
        times.total(),
        times.percentile(50) / 1e6,
        times.percentile(99) / 1e6,
        times.percentile(99.9) / 1e6,
        times.max() / 1e6);
  }
}
