package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.TraceRecorder;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything at once, at random: callers that wait and that do not, time limits, interrupts,
 * cancellations, bodies left half read, hooks and dependents that block, the end of the client. No
 * answer is wrong, nobody is stuck, nothing leaks. The profile {@code stress} does this for longer.
 */
class StressTest {
  private static final long SECONDS = Long.getLong("httptrace.stress.seconds", 4);
  private static final int THREADS = 12;
  private static final int LONG_BODY = 20 * 0x2000;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<URI> origins = new ArrayList<>();
  private volatile boolean stop;

  @Test
  void nothingIsLostAndNobodyIsStuck() throws Exception {
    ScriptedServer plain = guard.watch(VariedServer.plainForAny());
    ScriptedServer secure = guard.watch(VariedServer.secureForAny());
    ScriptedServer http2 =
        guard.watch(
            ScriptedServer.builder("http2")
                .otherConnections(
                    Http2Service.answering(request -> Http2Answer.ok("hello")).clearText())
                .start());
    origins.add(URI.create("http://127.0.0.1:" + plain.port()));
    origins.add(URI.create("https://example.test:" + secure.port()));
    TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .resolver(new FakeResolver().resolves("example.test", "127.0.0.1")::lookup)
            .build();
    TracingHttpClient shared = TracingHttpClient.newBuilder().http2PriorKnowledge(true).build();
    URI sharedOrigin = URI.create("http://127.0.0.1:" + http2.port());
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      boolean onShared = i % 4 == 3;
      Thread caller =
          new Thread(
              () -> {
                while (!stop) {
                  one(
                      onShared ? shared : client,
                      onShared ? sharedOrigin : origins.get(random.nextInt(2)),
                      random);
                }
              },
              "stress-" + i);
      caller.start();
      callers.add(caller);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    stop = true;
    for (Thread caller : callers) {
      caller.join(TimeUnit.SECONDS.toMillis(60));
      assertThat(caller.isAlive()).as(() -> stuck(caller)).isFalse();
    }
    client.close();
    shared.close();
    System.out.println("stress: " + SECONDS + " s, " + new TreeMap<>(outcomes));
    assertThat(failures).isEmpty();
    assertThat(client.pool().openCount() + shared.pool().openCount()).isZero();
  }

  private static String stuck(Thread caller) {
    return caller + " at " + List.of(caller.getStackTrace());
  }

  private void ended(String how) {
    outcomes.computeIfAbsent(how, k -> new LongAdder()).increment();
  }

  private void one(TracingHttpClient client, URI origin, Random random) {
    HttpRequest.Builder request = HttpRequest.newBuilder(origin.resolve("/short"));
    try {
      switch (random.nextInt(9)) {
        case 0, 1 -> sent(client, request.build());
        case 2 -> timed(client, request.timeout(Duration.ofNanos(1_000 * micros(random, 3_000))));
        case 3 -> streamed(client, HttpRequest.newBuilder(origin.resolve("/long")), random);
        case 4 -> cancelled(client, request.build(), random);
        case 5 -> sent(client, TracedRequest.of(request.build(), slowHooks(random)));
        case 6 -> sent(client, request.POST(BodyPublishers.ofByteArray(new byte[2000])).build());
        case 7 -> interrupted(client, request.build(), random);
        default -> several(client, request.build(), random);
      }
    } catch (Throwable t) {
      failures.add(t);
    }
  }

  private static long micros(Random random, int most) {
    return 1L + random.nextInt(most);
  }

  private void sent(TracingHttpClient client, HttpRequest request) throws Exception {
    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
    ended("sent");
  }

  private void timed(TracingHttpClient client, HttpRequest.Builder request) throws Exception {
    try {
      sent(client, request.build());
    } catch (HttpTimeoutException expected) {
      ended("timed out");
    }
  }

  private void streamed(TracingHttpClient client, HttpRequest.Builder request, Random random)
      throws Exception {
    try (InputStream body = client.send(request.build(), BodyHandlers.ofInputStream()).body()) {
      if (random.nextBoolean()) {
        assertThat(body.readAllBytes().length).isIn(LONG_BODY, "hello".length());
        ended("read");
      } else {
        assertThat(body.read()).isPositive();
        ended("half read");
      }
    }
  }

  private void cancelled(TracingHttpClient client, HttpRequest request, Random random)
      throws Exception {
    CompletableFuture<HttpResponse<String>> future =
        client.sendAsync(request, BodyHandlers.ofString());
    LockSupport.parkNanos(1_000 * micros(random, 1_000));
    future.cancel(true);
    try {
      assertThat(future.get(60, TimeUnit.SECONDS).body()).isEqualTo("hello");
      ended("not cancelled");
    } catch (CancellationException expected) {
      ended("cancelled");
    }
  }

  private static ClientTrace slowHooks(Random random) {
    long first = micros(random, 12_000);
    long second = random.nextInt(4) == 0 ? 8_000 : 0;
    return new ClientTrace() {
      @Override
      public void wroteHeaders() {
        LockSupport.parkNanos(second * 1_000);
      }

      @Override
      public void gotFirstResponseByte() {
        LockSupport.parkNanos(first * 1_000);
      }
    };
  }

  private void interrupted(TracingHttpClient client, HttpRequest request, Random random)
      throws Exception {
    Thread caller = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              LockSupport.parkNanos(1_000 * micros(random, 1_000));
              caller.interrupt();
            });
    other.start();
    try {
      sent(client, request);
    } catch (InterruptedException expected) {
      ended("interrupted");
    }
    boolean joined = false;
    while (!joined) {
      try {
        other.join();
        joined = true;
      } catch (InterruptedException late) {
        ended("interrupted later");
      }
    }
    Thread.interrupted();
  }

  /** Some at a time; of some what depends on them blocks, and uses the client. */
  private void several(TracingHttpClient client, HttpRequest request, Random random)
      throws Exception {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = random.nextInt(10); i >= 0; i--) {
      boolean blocks = random.nextInt(20) == 0;
      HttpRequest each =
          random.nextBoolean() ? TracedRequest.of(request, new TraceRecorder()) : request;
      all.add(
          client
              .sendAsync(each, BodyHandlers.ofString())
              .thenApply(response -> blocks ? again(client, request) : response.body().length()));
    }
    for (CompletableFuture<Integer> each : all) {
      assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo("hello".length());
      ended("asynchronous");
    }
  }

  private static int again(TracingHttpClient client, HttpRequest request) {
    try {
      LockSupport.parkNanos(5_000_000);
      return client.send(request, BodyHandlers.ofString()).body().length();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
