package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceRecorder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Very many requests leave nothing behind: no buffer, no connection in use, no thread. */
class SoakTest {
  private static final int REQUESTS = 100_000;
  private static final int CANCELLED = 2_000;
  private static final int THREADS = 32;
  private static final long SEED = 20260101;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

  @Test
  void manyRequestsOnKeptConnections() throws Exception {
    try (FastServer server = new FastServer()) {
      TracingHttpClient client = TracingHttpClient.newHttpClient();
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      AtomicInteger left = new AtomicInteger(REQUESTS);
      long start = System.nanoTime();
      CyclicBarrier all = new CyclicBarrier(THREADS);
      onThreads(
          THREADS,
          number -> {
            // Each has a connection at the same time; after that there are enough for all.
            client.send(request, info -> met(all));
            while (left.getAndDecrement() > 0) {
              var response = client.send(request, BodyHandlers.ofByteArray());
              assertThat(response.statusCode()).isEqualTo(200);
              assertThat(response.body()).hasSize(100);
            }
          });
      nothingInUse(client);
      assertThat(server.accepted()).isEqualTo(THREADS);
      nothingLeft(client, "kept connections: requests " + REQUESTS, server.accepted(), start);
    }
  }

  private static BodySubscriber<byte[]> met(CyclicBarrier all) {
    try {
      all.await(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return BodySubscribers.ofByteArray();
  }

  @Test
  void manyRequestsThatAreStoppedAtRandom() throws Exception {
    ScriptedServer plain = guard.watch(VariedServer.plain(CANCELLED + 100));
    ScriptedServer secure = guard.watch(VariedServer.secure(CANCELLED + 100));
    ScheduledExecutorService stopper = Executors.newSingleThreadScheduledExecutor();
    TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .resolver(new FakeResolver().resolves("example.test", "127.0.0.1")::lookup)
            .build();
    Counts counts = new Counts();
    long start = System.nanoTime();
    onThreads(
        16,
        number -> {
          Random random = new Random(SEED + number);
          for (int i = 0; i < CANCELLED / 16; i++) {
            HttpRequest request = request(random, plain.port(), secure.port());
            long micros = (long) (random.nextDouble() * random.nextDouble() * 20_000);
            if (request.uri().getPath().equals("/never") || random.nextInt(10) > 0) {
              stopped(client, request, random, micros, stopper, counts);
            } else {
              counts.completed(client.send(request, BodyHandlers.ofByteArray()).body());
            }
          }
        });
    stopper.shutdownNow();
    nothingInUse(client);
    int dialled = plain.accepted() + secure.accepted();
    nothingLeft(client, "stopped at random: requests " + CANCELLED + " " + counts, dialled, start);
    assertThat(counts.unexpected).isEmpty();
    assertThat(counts.stopped.get()).isGreaterThan(CANCELLED / 4);
    assertThat(counts.completed.get()).isGreaterThan(CANCELLED / 20);
  }

  /** How requests ended. */
  private static final class Counts {
    final AtomicInteger completed = new AtomicInteger();
    final AtomicInteger stopped = new AtomicInteger();
    final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

    void completed(byte[] body) {
      assertThat(body).isNotEmpty();
      completed.incrementAndGet();
    }

    @Override
    public String toString() {
      return "(completed " + completed + ", stopped " + stopped + ")";
    }
  }

  private static HttpRequest request(Random random, int plain, int secure) {
    boolean tls = random.nextBoolean();
    String path = List.of("/short", "/long", "/hints", "/never").get(random.nextInt(4));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
            tls
                ? URI.create("https://example.test:" + secure + path)
                : URI.create("http://127.0.0.1:" + plain + path));
    switch (random.nextInt(4)) {
      case 0 -> builder.POST(BodyPublishers.ofByteArray(new byte[300_000]));
      case 1 -> builder.POST(BodyPublishers.ofByteArray(new byte[100])).expectContinue(true);
      default -> builder.GET();
    }
    return random.nextBoolean()
        ? TracedRequest.of(builder.build(), new TraceRecorder())
        : builder.build();
  }

  private static void stopped(
      TracingHttpClient client,
      HttpRequest request,
      Random random,
      long micros,
      ScheduledExecutorService stopper,
      Counts counts)
      throws Exception {
    if (random.nextBoolean()) {
      var future = client.sendAsync(request, BodyHandlers.ofByteArray());
      stopper.schedule(() -> future.cancel(true), micros, TimeUnit.MICROSECONDS);
      finish(future, counts);
      return;
    }
    Interrupt interrupt = new Interrupt(Thread.currentThread());
    Future<?> stop = stopper.schedule(interrupt, micros, TimeUnit.MICROSECONDS);
    try {
      counts.completed(client.send(request, BodyHandlers.ofByteArray()).body());
    } catch (InterruptedException expected) {
      counts.stopped.incrementAndGet();
    } catch (Throwable t) {
      counts.unexpected.add(t);
    }
    stop.cancel(false);
    interrupt.tooLate();
  }

  /** Interrupts a thread; one that comes too late must not hit the next request. */
  private static final class Interrupt implements Runnable {
    private final Thread thread;
    private boolean tooLate;

    Interrupt(Thread thread) {
      this.thread = thread;
    }

    @Override
    public synchronized void run() {
      if (!tooLate) {
        thread.interrupt();
      }
    }

    /** On the thread, which is not interrupted from here on. */
    synchronized void tooLate() {
      tooLate = true;
      Thread.interrupted();
    }
  }

  private static void finish(CompletableFuture<HttpResponse<byte[]>> future, Counts counts)
      throws InterruptedException {
    try {
      counts.completed(future.get().body());
    } catch (CancellationException expected) {
      counts.stopped.incrementAndGet();
    } catch (ExecutionException e) {
      counts.unexpected.add(e.getCause());
    }
  }

  /** What one thread does. */
  @FunctionalInterface
  private interface Work {
    /**
     * Does it.
     *
     * @param number the number of the thread
     */
    void run(int number) throws Exception;
  }

  private static void onThreads(int count, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      results.add(
          threads.submit(
              () -> {
                work.run(number);
                return null;
              }));
    }
    try {
      for (Future<?> result : results) {
        result.get(10, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(threads.awaitTermination(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** A connection is closed, or idle again, soon after its request is over. */
  private static void nothingInUse(TracingHttpClient client) {
    long deadline = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (inUse(client) > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(inUse(client)).as("connections in use").isZero();
  }

  private static int inUse(TracingHttpClient client) {
    return client.pool().openCount() - client.pool().idleCount();
  }

  private Set<Thread> threadsLeft() {
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    left.removeIf(thread -> !thread.getName().startsWith("httptrace-"));
    return left;
  }

  private void nothingLeft(TracingHttpClient client, String what, int dialled, long start)
      throws InterruptedException {
    int idle = client.pool().idleCount();
    client.close();
    double seconds = (System.nanoTime() - start) / 1e9;
    Set<Thread> left = threadsLeft();
    // A thread that has said it is done may still be on its last lines.
    for (Thread thread : left) {
      thread.join(Waiting.LIMIT.toMillis());
    }
    left.removeIf(thread -> !thread.isAlive());
    List<String> leaks = NettyLeakProbe.leaksAfterCollection();
    System.out.printf(
        Locale.ROOT,
        "%s, connections dialled %d, idle in the end %d, open after close %d, threads of the"
            + " client left %d, buffers leaked %d, %.1f s%n",
        what,
        dialled,
        idle,
        client.pool().openCount(),
        left.size(),
        leaks.size(),
        seconds);
    assertThat(client.pool().openCount()).as("open connections").isZero();
    assertThat(left).as("threads").isEmpty();
    assertThat(leaks).as("buffers").isEmpty();
  }
}
