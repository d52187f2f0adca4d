package io.httptrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts one client under load: each thread sends its next request when it has the response to the
 * one before. The threads run through warm-up and measurement without a stop.
 */
final class LoadRun {
  private final LoadClient client;
  private final int threads;
  private final LongAdder requests = new LongAdder();
  private volatile boolean stopped;

  LoadRun(LoadClient client, int threads) {
    this.client = client;
    this.threads = threads;
  }

  /**
   * Loads the client.
   *
   * @param warmup how long before the measurement
   * @param measured how long the measurement is to take
   * @return the measurement
   * @throws ExecutionException if a request failed
   */
  Sample measure(Duration warmup, Duration measured)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch failure = new CountDownLatch(1);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(() -> sendUntilStopped(failure)));
      }
      boolean failed = failure.await(warmup.toMillis(), TimeUnit.MILLISECONDS);
      Usage start = Usage.now();
      long before = requests.sum();
      failed = failed || failure.await(measured.toMillis(), TimeUnit.MILLISECONDS);
      long ended = requests.sum() - before;
      Usage end = Usage.now();
      stopped = true;
      for (Future<?> worker : workers) {
        worker.get();
      }
      if (failed) {
        throw new CancellationException("a worker ended early");
      }
      return Sample.between(start, end, ended);
    } finally {
      stopped = true;
      pool.shutdown();
    }
  }

  private Void sendUntilStopped(CountDownLatch failure) throws IOException, InterruptedException {
    try {
      while (!stopped) {
        int length = client.get();
        if (length != FixedResponseHandler.BODY_LENGTH) {
          throw new IOException("a body of " + length + " bytes");
        }
        requests.increment();
      }
      return null;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      failure.countDown();
      throw e;
    }
  }

  /**
   * Runs in a process of its own and prints the sample.
   *
   * @param args client, port, threads, milliseconds of warm-up, milliseconds of measurement
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    URI uri = URI.create("http://127.0.0.1:" + Integer.parseInt(args[1]) + "/");
    Sample sample;
    try (LoadClient client = ClientKind.of(args[0]).open(uri)) {
      sample =
          new LoadRun(client, Integer.parseInt(args[2]))
              .measure(
                  Duration.ofMillis(Long.parseLong(args[3])),
                  Duration.ofMillis(Long.parseLong(args[4])));
    }
    System.out.println(sample.toLine());
    System.out.flush();
    // A client may leave threads behind that keep the process alive for a while.
    System.exit(0);
  }
}
