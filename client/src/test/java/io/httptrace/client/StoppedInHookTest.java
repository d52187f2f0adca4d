package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.ClientTrace;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that is stopped while one of its hooks runs goes no further. */
class StoppedInHookTest {
  private static final Duration LIMIT = Waiting.LIMIT;
  private static final Duration TIME_LIMIT = Duration.ofHours(7);

  /** What happens if nothing stops the request, and each hook has returned before the next. */
  private static final List<String> ALL = UploadHooks.PLAIN;

  /** How the request is stopped. */
  private enum Stop {
    TIME_LIMIT,
    SHUTDOWN_NOW,
    CANCEL,
    INTERRUPT
  }

  private record Case(String hook, boolean async, Stop stop) {
    @Override
    public String toString() {
      return (async ? "sendAsync" : "send") + ", " + stop + " in " + hook;
    }

    /** A future cannot be cancelled before its caller has it. */
    boolean possible() {
      return switch (stop) {
        case CANCEL -> async && !hook.equals("roundTripStart") && !hook.equals("getConn");
        case INTERRUPT -> !async;
        default -> true;
      };
    }

    boolean beforeAnyDial() {
      return ALL.indexOf(hook) <= ALL.indexOf("getConn");
    }

    boolean inDial() {
      return ALL.subList(ALL.indexOf("dnsStart"), ALL.indexOf("gotConn")).contains(hook);
    }

    boolean beforeAnyByte() {
      return ALL.indexOf(hook) <= ALL.indexOf("gotConn");
    }

    /** All hooks there are to be; those of a dial and the last one come in any order. */
    List<String> expected() {
      List<String> expected = new ArrayList<>(ALL.subList(0, ALL.indexOf(hook) + 1));
      if (hook.equals("wroteHeaderField")) {
        // What is told together is told to the end.
        expected.add("wroteHeaders");
      }
      if (expected.contains("wroteHeaders") && !expected.contains("wroteRequest")) {
        expected.add("wroteRequest");
      }
      if (hook.equals("dnsStart") || hook.equals("connectStart")) {
        expected.add(hook.replace("Start", "Done"));
      }
      if (!hook.equals("roundTripDone")) {
        expected.add("roundTripDone");
      }
      return expected;
    }

    /** The response is complete by then. */
    boolean succeeds() {
      return stop != Stop.CANCEL && ALL.indexOf(hook) >= ALL.indexOf("putIdleConn");
    }
  }

  private static Stream<Case> cases() {
    return ALL.stream()
        .flatMap(
            hook ->
                Stream.of(Stop.values())
                    .flatMap(
                        stop -> Stream.of(new Case(hook, false, stop), new Case(hook, true, stop))))
        .filter(Case::possible);
  }

  /** Timers that run when the test says so. */
  private static final class HandClock implements Clock {
    private final List<Runnable> limits = new CopyOnWriteArrayList<>();

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Timer schedule(Runnable task, long nanos) {
      if (nanos != TIME_LIMIT.toNanos()) {
        return Timer.NONE;
      }
      limits.add(task);
      return () -> limits.remove(task);
    }

    void strike() {
      limits.forEach(Runnable::run);
    }
  }

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final HandClock clock = new HandClock();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Gate reached = new Gate();
  private final Gate stopped = new Gate();

  private ClientTrace waitingIn(String target) {
    return EveryHook.of(
        hook -> {
          if (!hook.equals("wroteHeaderField") || !log.contains(hook)) {
            log.add(hook);
            if (hook.equals(target)) {
              reached.open();
              awaitStopped();
            }
          }
        });
  }

  /** As code does that cannot stop here: it keeps the interrupt for whoever can. */
  private void awaitStopped() {
    boolean interrupted = false;
    boolean open = false;
    while (!open) {
      try {
        open = stopped.await(LIMIT);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ScriptedServer serve() {
    return guard.watch(
        ScriptedServer.builder("origin")
            .connections(
                connection -> {
                  var head = connection.readHead();
                  connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.readBody(head);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                  connection.awaitPeerClose();
                })
            .start());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goesNoFurther(Case which) throws Exception {
    ScriptedServer server = serve();
    TracingHttpClientBuilder builder =
        TracingHttpClient.newBuilder()
            .resolver(new FakeResolver().resolves("example.test", "127.0.0.1")::lookup);
    builder.config.clock = clock;
    TracingHttpClient client = builder.build();
    HttpRequest request =
        TracedRequest.of(
            HttpRequest.newBuilder(URI.create("http://example.test:" + server.port() + "/"))
                .POST(BodyPublishers.ofString("some body"))
                .expectContinue(true)
                .timeout(TIME_LIMIT)
                .build(),
            waitingIn(which.hook));
    Throwable failure = stop(which, client, request);
    client.close();
    if (which.succeeds()) {
      assertThat(failure).isNull();
    } else {
      assertThat(failure).isNotNull().isNotInstanceOf(TimeoutException.class);
    }
    if (which.inDial()) {
      assertThat(log).containsExactlyInAnyOrderElementsOf(which.expected());
    } else {
      assertThat(log).containsExactlyElementsOf(which.expected());
    }
    assertThat(server.accepted()).isLessThanOrEqualTo(which.beforeAnyDial() ? 0 : 1);
    assertThat(server.requests().size()).isLessThanOrEqualTo(which.beforeAnyByte() ? 0 : 1);
  }

  /** {@return what the request fails with when it has been stopped} */
  private Throwable stop(Case which, TracingHttpClient client, HttpRequest request)
      throws Exception {
    CompletableFuture<CompletableFuture<HttpResponse<String>>> sent = new CompletableFuture<>();
    Thread caller = new Thread(() -> sent.complete(send(client, request, which.async)), "caller");
    caller.start();
    assertThat(reached.await(LIMIT)).isTrue();
    switch (which.stop) {
      case TIME_LIMIT -> clock.strike();
      case SHUTDOWN_NOW -> client.shutdownNow();
      case CANCEL -> sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS).cancel(true);
      case INTERRUPT -> caller.interrupt();
    }
    if (which.stop == Stop.INTERRUPT && which.inDial()) {
      // The caller does not run this hook, so it is the caller who has to notice first.
      sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    stopped.open();
    return catchThrowable(
        () ->
            sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS).get(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }

  private static Stream<Case> waits() {
    return Stream.of(Stop.values())
        .filter(stop -> stop != Stop.CANCEL)
        .flatMap(
            stop ->
                Stream.of(
                    new Case("connWaitStart", false, stop), new Case("connWaitStart", true, stop)))
        .filter(Case::possible);
  }

  @ParameterizedTest
  @MethodSource("waits")
  void waitsForNoConnection(Case which) throws Exception {
    Gate answer = new Gate();
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("origin")
                .connections(
                    connection -> {
                      connection.readRequest();
                      connection.await(answer);
                      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                      connection.awaitPeerClose();
                    })
                .start());
    TracingHttpClientBuilder builder = TracingHttpClient.newBuilder().maxConnectionsPerHost(1);
    builder.config.clock = clock;
    try (TracingHttpClient client = builder.build()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
      CompletableFuture<HttpResponse<String>> first =
          client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      server.awaitRequests(1);
      HttpRequest second = HttpRequest.newBuilder(uri).timeout(TIME_LIMIT).build();

      assertThat(stop(which, client, TracedRequest.of(second, waitingIn(which.hook)))).isNotNull();

      answer.open();
      if (which.stop != Stop.SHUTDOWN_NOW) {
        assertThat(first.get(LIMIT.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
      }
    }
    assertThat(log).containsExactly("roundTripStart", "getConn", "connWaitStart", "roundTripDone");
    assertThat(server.requests()).hasSize(1);
  }

  private static CompletableFuture<HttpResponse<String>> send(
      TracingHttpClient client, HttpRequest request, boolean async) {
    if (async) {
      return client.sendAsync(request, BodyHandlers.ofString());
    }
    try {
      return CompletableFuture.completedFuture(client.send(request, BodyHandlers.ofString()));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
