package io.httptrace.benchmarks.checks;

import io.httptrace.benchmarks.server.BenchServer;
import io.httptrace.benchmarks.worker.Histogram;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Compares when hooks say that a request was written and that its answer began with when the
 * packets passed, for one request at a time and for many at once. Needs {@code tcpdump}, and to be
 * root.
 */
final class Stamps {
  private static final int WARM_UP = 20_000;
  private static final int REQUESTS = 5_000;
  private static final int IN_FLIGHT = 64;

  private final int port;
  private final HttpRequest request;
  private final TracingHttpClient client =
      TracingHttpClient.newBuilder().maxIdleConnectionsPerHost(IN_FLIGHT).build();

  private Stamps(int port) {
    this.port = port;
    this.request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hello")).build();
  }

  /**
   * Measures.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (BenchServer server = new BenchServer(null)) {
      Stamps stamps = new Stamps(server.plainPort());
      stamps.run("send, 1 thread", 1, false);
      stamps.run("sendAsync, 64 in flight", IN_FLIGHT, false);
      stamps.run("sendAsync, 64 in flight, hooks that promise not to block", IN_FLIGHT, true);
    }
    System.exit(0);
  }

  private void run(String what, int inFlight, boolean nonBlocking)
      throws IOException, InterruptedException {
    requests(WARM_UP, inFlight, nonBlocking);
    Path file = Files.createTempFile("stamps", ".pcap");
    Process tcpdump = capture(file);
    long offset = wallClockOffset();
    List<StampedRequest> requests = requests(REQUESTS, inFlight, nonBlocking);
    offset = (offset + wallClockOffset()) / 2;
    TimeUnit.SECONDS.sleep(1); // tcpdump writes a little later
    tcpdump.destroy();
    tcpdump.waitFor();
    compare(what, requests, Capture.read(file, port), offset);
    Files.delete(file);
  }

  /** {@return a capture that has begun} */
  private Process capture(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "tcpdump",
                "-i",
                "lo",
                "-n",
                "-U",
                "-s",
                "128",
                "-B",
                "16384",
                "--time-stamp-precision=nano",
                "-w",
                file.toString(),
                "tcp port " + port)
            .redirectErrorStream(true)
            .start();
    String line = process.inputReader().readLine();
    while (line != null && !line.contains("listening on")) {
      line = process.inputReader().readLine();
    }
    if (line == null) {
      throw new IOException("tcpdump did not start");
    }
    return process;
  }

  /** {@return what is to be added to a stamp for the time of the wall clock: the surest of many} */
  private static long wallClockOffset() {
    long best = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 1_000; i++) {
      long before = System.nanoTime();
      Instant now = Instant.now();
      long after = System.nanoTime();
      if (after - before < least) {
        least = after - before;
        long wall = now.getEpochSecond() * 1_000_000_000 + now.getNano();
        best = wall - (before + (after - before) / 2);
      }
    }
    return best;
  }

  private List<StampedRequest> requests(int count, int inFlight, boolean nonBlocking)
      throws IOException, InterruptedException {
    List<StampedRequest> all = new ArrayList<>();
    List<CompletableFuture<HttpResponse<Void>>> responses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StampedRequest stamped = new StampedRequest(nonBlocking);
      all.add(stamped);
      HttpRequest traced = TracedRequest.of(request, stamped);
      if (inFlight == 1) {
        client.send(traced, BodyHandlers.discarding());
      } else {
        responses.add(client.sendAsync(traced, BodyHandlers.discarding()));
        if (responses.size() >= inFlight) {
          responses.remove(0).join();
        }
      }
    }
    responses.forEach(CompletableFuture::join);
    return all;
  }

  /** A request and its answer are a packet each, so they can be counted off on a connection. */
  private static void compare(
      String what, List<StampedRequest> requests, Capture capture, long offset) {
    Histogram written = new Histogram();
    Histogram answered = new Histogram();
    Map<Integer, Integer> first = new HashMap<>();
    requests.forEach(request -> first.merge(request.port(), request.number(), Math::min));
    int unmatched = 0;
    for (StampedRequest request : requests) {
      Capture.Packets packets = capture.of(request.port());
      int index = request.number() - first.getOrDefault(request.port(), 0);
      if (index >= packets.sent().size() || index >= packets.received().size()) {
        unmatched++;
        continue;
      }
      written.record(Math.abs(request.wrote() + offset - packets.sent().get(index)));
      answered.record(Math.abs(request.answered() + offset - packets.received().get(index)));
    }
    print(what + ", wroteRequest", written);
    print(what + ", gotFirstResponseByte", answered);
    if (unmatched > 0) {
      System.out.println("without packets: " + unmatched);
    }
  }

  private static void print(String what, Histogram distances) {
    System.out.printf(
        "%s: %,d stamps, median %.1f us from the packet, 99 %% within %.1f us, at most %.1f us%n",
        what,
        distances.total(),
        distances.percentile(50) / 1e3,
        distances.percentile(99) / 1e3,
        distances.max() / 1e3);
  }
}
