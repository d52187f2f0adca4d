package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.client.StressOrigins.Origin;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What one caller does with a client, at random. Each request ends as it may, or it throws. */
final class StressCalls {
  private static final int LONG_BODY = 20 * 0x2000;
  private static final String HELLO = "hello";

  private final TracingHttpClient client;
  private final Origin origin;
  private final Random random;
  private final Consumer<String> ended;

  /**
   * Makes it.
   *
   * @param client the client
   * @param origin where to
   * @param random chooses
   * @param ended is told how each request has ended
   */
  StressCalls(TracingHttpClient client, Origin origin, Random random, Consumer<String> ended) {
    this.client = client;
    this.origin = origin;
    this.random = random;
    this.ended = ended;
  }

  void any() throws Exception {
    switch (random.nextInt(12)) {
      case 0, 1 -> sent(to("short").build());
      case 2 -> timed(to(random.nextBoolean() ? "short" : "never"));
      case 3 -> streamed(to("long").build());
      case 4 -> cancelled(to(random.nextBoolean() ? "short" : "never").build());
      case 5 -> sent(TracedRequest.of(to("hints").build(), slowHooks()));
      case 6 -> sent(TracedRequest.of(to("short").build(), throwingHooks()));
      case 7 -> sent(uploading(to("short")));
      case 8 -> interrupted(to("short").build());
      case 9 -> refused(to("short").build());
      case 10 -> {
        client.closeIdleConnections();
        sent(to("short").build());
      }
      default -> several(to("short").build());
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(origin.uri().resolve(path));
  }

  private long micros(int most) {
    return 1L + random.nextInt(most);
  }

  private static void pause(long micros) {
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
  }

  private static <T> T result(CompletableFuture<T> future) throws Exception {
    return future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void sent(HttpRequest request) throws Exception {
    boolean waits = random.nextBoolean();
    BodyHandler<String> handler =
        random.nextBoolean() ? BodyHandlers.ofString() : info -> new OwnSubscriber(waits);
    assertThat(client.send(request, handler).body()).isEqualTo(HELLO);
    ended.accept("sent");
  }

  private HttpRequest uploading(HttpRequest.Builder request) {
    return request
        .POST(BodyPublishers.ofByteArray(new byte[1 + random.nextInt(40_000)]))
        .expectContinue(random.nextInt(4) == 0)
        .build();
  }

  private void timed(HttpRequest.Builder request) throws Exception {
    try {
      sent(request.timeout(Duration.ofNanos(1_000 * micros(3_000))).build());
    } catch (HttpTimeoutException expected) {
      ended.accept("timed out");
    }
  }

  private void streamed(HttpRequest request) throws Exception {
    try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      if (random.nextBoolean()) {
        assertThat(body.readAllBytes().length).isIn(LONG_BODY, HELLO.length());
        ended.accept("read");
      } else {
        assertThat(body.read()).isPositive();
        ended.accept("half read");
      }
    }
  }

  private void cancelled(HttpRequest request) throws Exception {
    CompletableFuture<HttpResponse<String>> future =
        client.sendAsync(request, BodyHandlers.ofString());
    pause(micros(1_000));
    future.cancel(true);
    try {
      assertThat(result(future).body()).isEqualTo(HELLO);
      ended.accept("not cancelled");
    } catch (CancellationException expected) {
      ended.accept("cancelled");
    }
  }

  private ClientTrace slowHooks() {
    long first = micros(12_000);
    long second = random.nextInt(4) == 0 ? 8_000 : 0;
    return ClientTrace.builder()
        .wroteHeaders(() -> pause(second))
        .gotFirstResponseByte(() -> pause(first))
        .build();
  }

  /** One of its hooks throws, whichever is the one at that number. */
  private ClientTrace throwingHooks() {
    AtomicInteger left = new AtomicInteger(random.nextInt(5));
    Runnable hook =
        () -> {
          if (left.getAndDecrement() == 0) {
            throw new IllegalStateException("on purpose");
          }
        };
    return ClientTrace.builder()
        .getConn(hostPort -> hook.run())
        .gotConn(info -> hook.run())
        .wroteHeaders(hook)
        .gotFirstResponseByte(hook)
        .putIdleConn(error -> hook.run())
        .build();
  }

  private void interrupted(HttpRequest request) throws Exception {
    Thread caller = Thread.currentThread();
    long after = micros(1_000);
    Thread other =
        new Thread(
            () -> {
              pause(after);
              caller.interrupt();
            });
    other.start();
    try {
      sent(request);
    } catch (InterruptedException expected) {
      ended.accept("interrupted");
    }
    boolean joined = false;
    while (!joined) {
      try {
        other.join();
        joined = true;
      } catch (InterruptedException late) {
        ended.accept("interrupted later");
      }
    }
    Thread.interrupted();
  }

  /** A body handler that does not want the response. */
  private void refused(HttpRequest request) throws Exception {
    try {
      client.send(
          request,
          info -> {
            throw new IllegalStateException("on purpose");
          });
      throw new AssertionError("a handler that throws is not told");
    } catch (IOException expected) {
      assertThat(expected).hasStackTraceContaining("on purpose");
      ended.accept("refused");
    }
  }

  /** Some at a time; of some what depends on them blocks, and uses the client. */
  private void several(HttpRequest request) throws Exception {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = random.nextInt(10); i >= 0; i--) {
      boolean blocks = random.nextInt(20) == 0;
      HttpRequest each =
          random.nextBoolean() ? TracedRequest.of(request, new TraceRecorder()) : request;
      all.add(
          client
              .sendAsync(each, BodyHandlers.ofString())
              .thenApply(response -> blocks ? again(request) : response.body().length()));
    }
    for (CompletableFuture<Integer> each : all) {
      assertThat(result(each)).isEqualTo(HELLO.length());
      ended.accept("asynchronous");
    }
  }

  private int again(HttpRequest request) {
    try {
      pause(5_000);
      return client.send(request, BodyHandlers.ofString()).body().length();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The whole life of a client: its requests end as they may, or by its end. */
  void life() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    boolean now = random.nextBoolean();
    for (int i = random.nextInt(6); i >= 0; i--) {
      HttpRequest request = to(now && random.nextBoolean() ? "never" : "short").build();
      all.add(client.sendAsync(request, BodyHandlers.ofString()));
    }
    pause(micros(5_000));
    if (now) {
      client.shutdownNow();
    }
    client.close();
    for (CompletableFuture<HttpResponse<String>> each : all) {
      try {
        assertThat(result(each).body()).isEqualTo(HELLO);
        ended.accept("answered before the end");
      } catch (ExecutionException expected) {
        assertThat(now).as("ended by shutdownNow").isTrue();
        assertThat(expected).hasCauseInstanceOf(IOException.class);
        ended.accept("shut down");
      }
    }
    assertThat(client.pool().openCount()).isZero();
  }
}
