package io.httptrace.benchmarks.checks;

import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Says what connections take that nobody uses: opens so many at once, lets all become idle, and
 * compares the heap with what it was when there was one.
 */
final class IdleMemory {
  private static final int COLLECTIONS = 5;

  private IdleMemory() {}

  /**
   * Measures.
   *
   * @param args how many connections; 10,000 if absent
   */
  public static void main(String[] args) throws IOException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .maxIdleConnections(count)
            .maxIdleConnectionsPerHost(count)
            .build();
    try (client;
        ChildProcess server = ChildProcess.start(List.of(), HoldingServer.class)) {
      URI uri = URI.create("http://127.0.0.1:" + server.readLine() + "/");
      open(client, uri, 1);
      long before = heap();
      open(client, uri, count);
      long taken = heap() - before;
      System.out.printf(
          "%,d idle connections: %.1f KiB of heap each%n", count, taken / 1024.0 / (count - 1));
    }
  }

  /** The server answers when so many requests are there. */
  private static void open(TracingHttpClient client, URI uri, int count) {
    List<CompletableFuture<HttpResponse<Void>>> responses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpRequest request = HttpRequest.newBuilder(uri.resolve("/" + count)).build();
      responses.add(client.sendAsync(request, BodyHandlers.discarding()));
    }
    responses.forEach(CompletableFuture::join);
  }

  private static long heap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
