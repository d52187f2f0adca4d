package io.httptrace.benchmarks.checks;

import io.httptrace.ClientTrace;
import io.httptrace.benchmarks.peer.PeerConfig;
import io.httptrace.benchmarks.peer.WireProtocol;
import io.httptrace.benchmarks.runner.Certificates;
import io.httptrace.benchmarks.server.BenchServer;
import io.httptrace.benchmarks.server.ServerContexts;
import io.httptrace.benchmarks.worker.Histogram;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Shows that what of a caller's blocks holds up its own request and no other: how long the others
 * take without, and how long while hooks, handlers, dependents or lookups block for two seconds.
 */
final class BlockedHook {
  private static final int SENDERS = 4;
  private static final long MILLIS = 2_000;
  private static final String SLOW = "slow.test";

  private final PeerConfig config;
  private final ExecutorService lookups = Executors.newCachedThreadPool();
  private final HttpRequest request;
  private final TracingHttpClient client;

  private BlockedHook(PeerConfig config) throws IOException, GeneralSecurityException {
    this.config = config;
    request = to(config.authority());
    client =
        TracingHttpClient.newBuilder()
            .trustManager(config.trustManager())
            .resolver(name -> CompletableFuture.supplyAsync(() -> lookUp(name), lookups))
            .build();
  }

  /**
   * Measures.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    Path certificates = Files.createTempDirectory("blocked-hook");
    Certificates.makeIn(certificates);
    try (BenchServer server = new BenchServer(ServerContexts.of(certificates))) {
      new BlockedHook(
              new PeerConfig(WireProtocol.H1, server.plainPort(), 8, certificates, Map.of()))
          .run();
      new BlockedHook(
              new PeerConfig(WireProtocol.H2_TLS, server.http2Port(), 8, certificates, Map.of()))
          .run();
    }
    System.exit(0);
  }

  private HttpRequest to(String authority) {
    String scheme = config.tls() ? "https://" : "http://";
    return HttpRequest.newBuilder(URI.create(scheme + authority + "/hello")).build();
  }

  private static List<InetAddress> lookUp(String name) {
    if (name.equals(SLOW)) {
      block();
    }
    return List.of(InetAddress.getLoopbackAddress());
  }

  private void run() throws Exception {
    others();
    print("nothing blocks", others());
    whileBlocked("a hook of send blocks", List.of(this::hookOfSend));
    whileBlocked("a hook of sendAsync blocks", List.of(this::hookOfSendAsync));
    whileBlocked("hooks of four and four block", both(this::hookOfSend, this::hookOfSendAsync));
    whileBlocked("body handlers of four and four block", both(this::handler, this::handlerOfAsync));
    whileBlocked("what depends on four futures blocks", four(this::dependent));
    whileBlocked("four lookups block", four(this::lookup));
    client.close();
    lookups.shutdown();
  }

  private static List<Callable<?>> four(Callable<?> blocks) {
    return Collections.nCopies(4, blocks);
  }

  private static List<Callable<?>> both(Callable<?> one, Callable<?> other) {
    List<Callable<?>> all = new ArrayList<>(four(one));
    all.addAll(four(other));
    return all;
  }

  private Object hookOfSend() throws Exception {
    return client.send(blocking(), BodyHandlers.discarding());
  }

  private Object hookOfSendAsync() throws Exception {
    return client.sendAsync(blocking(), BodyHandlers.discarding()).get();
  }

  private HttpRequest blocking() {
    ClientTrace trace = ClientTrace.builder().gotFirstResponseByte(BlockedHook::block).build();
    return TracedRequest.of(request, trace);
  }

  private Object handler() throws Exception {
    return client.send(request, info -> BodySubscribers.ofByteArrayConsumer(bytes -> block()));
  }

  private Object handlerOfAsync() throws Exception {
    return client
        .sendAsync(request, info -> BodySubscribers.ofByteArrayConsumer(bytes -> block()))
        .get();
  }

  private Object dependent() throws Exception {
    return client.sendAsync(request, BodyHandlers.discarding()).thenRun(BlockedHook::block).get();
  }

  private Object lookup() throws Exception {
    try {
      return client.send(to(SLOW + ":" + config.port()), BodyHandlers.discarding());
    } catch (SSLException otherName) {
      return otherName; // the certificate is for an address
    }
  }

  private static void block() {
    try {
      new CountDownLatch(1).await(MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void whileBlocked(String what, List<Callable<?>> blocked) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(blocked.size());
    List<Future<?>> all = new ArrayList<>();
    for (Callable<?> each : blocked) {
      all.add(threads.submit(each));
    }
    print(what, others());
    for (Future<?> each : all) {
      each.get();
    }
    threads.shutdown();
  }

  /** {@return how long requests take, half of them asynchronous, for the time something blocks} */
  private Histogram others() throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS * 9 / 10);
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

  private void print(String what, Histogram times) {
    System.out.printf(
        "%s, %s: %,d others, median %.2f ms, 99 %% within %.2f ms, 99.9 %% within %.2f ms, at most"
            + " %.2f ms%n",
        config.protocol(),
        what,
        times.total(),
        times.percentile(50) / 1e6,
        times.percentile(99) / 1e6,
        times.percentile(99.9) / 1e6,
        times.max() / 1e6);
  }
}
