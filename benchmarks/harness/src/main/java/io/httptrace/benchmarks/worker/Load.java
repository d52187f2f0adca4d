package io.httptrace.benchmarks.worker;

import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A load on a client, from the first request to the last: it warms up, then is measured without a
 * stop in between.
 */
final class Load {
  static final int MAX_WINDOWS = 4;

  private static final int WARMING_UP = -1;
  private static final int MAX_ERRORS = 20;
  private static final int DRAIN_SECONDS = 10;

  /** The compiler is idle if it takes less than this of a core. */
  private static final double IDLE = 0.06;

  /** A window counts if compiling took no more than this of its processor time. */
  private static final double COMPILED = 0.1;

  private final PeerClient client;
  private final Workload workload;
  private final byte[] requestBody;
  private final List<Slot> slots = new ArrayList<>();
  private final AtomicInteger errors = new AtomicInteger();

  private volatile int window = WARMING_UP;
  private volatile boolean ended;
  private volatile @Nullable Throwable firstError;

  Load(PeerClient client, Workload workload) {
    this.client = client;
    this.workload = workload;
    this.requestBody = new byte[workload.requestBytes()];
  }

  Workload workload() {
    return workload;
  }

  /** {@return the window that is measured; negative before the first} */
  int window() {
    return window;
  }

  boolean ended() {
    return ended;
  }

  int errors() {
    return errors.get();
  }

  @Nullable Throwable firstError() {
    return firstError;
  }

  /** A request has failed; too many of them end the load. */
  void failed(Throwable error) {
    if (errors.getAndIncrement() == 0) {
      firstError = error;
    }
    if (errors.get() >= MAX_ERRORS) {
      ended = true;
    }
  }

  CompletableFuture<Integer> onceAsync() {
    return client.getAsync(workload.path());
  }

  /** {@return how long the body of a response was} */
  long once() throws Exception {
    return switch (workload.operation()) {
      case GET -> client.get(workload.path()).length;
      case POST -> client.post(workload.path(), requestBody).length;
      case DOWNLOAD -> client.download(workload.path());
      case ASYNC_GET -> client.getAsync(workload.path()).get();
    };
  }

  /**
   * Runs it.
   *
   * @param countersPort where the server tells its counters
   * @return what was measured
   */
  Measured run(Timing timing, int countersPort) throws IOException, InterruptedException {
    CountDownLatch asyncEnded = new CountDownLatch(workload.isAsync() ? workload.concurrency() : 0);
    List<Thread> threads = begin(asyncEnded);
    long start = System.nanoTime();
    warmUp(timing);
    double warmUpSeconds = (System.nanoTime() - start) / 1e9;
    System.gc(); // Each window starts with an empty heap.
    sleep(0.2);
    Measured measured = measure(timing, countersPort, warmUpSeconds);
    ended = true;
    asyncEnded.await(DRAIN_SECONDS, TimeUnit.SECONDS);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
    }
    Histogram times = new Histogram();
    for (Slot slot : slots) {
      times.add(slot.times(measured.window()));
    }
    return measured.with(times);
  }

  private List<Thread> begin(CountDownLatch asyncEnded) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workload.concurrency(); i++) {
      if (workload.isAsync()) {
        slots.add(new AsyncSlot(this, asyncEnded));
      } else {
        BlockingSlot slot = new BlockingSlot(this);
        slots.add(slot);
        Thread thread = new Thread(slot, "load-" + i);
        thread.setDaemon(true);
        threads.add(thread);
      }
    }
    threads.forEach(Thread::start);
    for (Slot slot : slots) {
      if (slot instanceof AsyncSlot async) {
        async.run();
      }
    }
    return threads;
  }

  private long requests() {
    long count = 0;
    for (Slot slot : slots) {
      count += slot.count();
    }
    return count;
  }

  /** Goes on until the compiler has been idle for a second. */
  private void warmUp(Timing timing) throws InterruptedException {
    long start = System.nanoTime();
    int idle = 0;
    while (!ended) {
      long compiler = ProcFiles.compilerCpu();
      long from = System.nanoTime();
      sleep(Math.min(0.5, timing.warmUpSeconds()));
      double share = (ProcFiles.compilerCpu() - compiler) / (double) (System.nanoTime() - from);
      idle = share < IDLE ? idle + 1 : 0;
      double seconds = (System.nanoTime() - start) / 1e9;
      if (seconds >= timing.warmUpSeconds()
          || (seconds >= timing.leastWarmUpSeconds() && idle >= 2)) {
        return;
      }
    }
  }

  /** The window in which compiling took the least counts. */
  private Measured measure(Timing timing, int countersPort, double warmUpSeconds)
      throws IOException, InterruptedException {
    Measured best = null;
    double least = Double.MAX_VALUE;
    Reading from = Reading.now(countersPort, requests());
    int windows = Math.min(timing.windows(), MAX_WINDOWS);
    for (int i = 0; i < windows && !ended && least > COMPILED; i++) {
      window = i;
      sleep(timing.windowSeconds());
      Reading to = Reading.now(countersPort, requests());
      double share = to.compilerShareSince(from);
      if (best == null || share < least) {
        least = share;
        best = new Measured(i, from, to, warmUpSeconds, new Histogram());
      }
      from = to;
    }
    if (best == null) {
      throw new IllegalStateException("ended before it was measured", firstError);
    }
    return best;
  }

  private void sleep(double seconds) throws InterruptedException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (long left = end - System.nanoTime(); left > 0 && !ended; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, 50_000_000));
    }
  }
}
