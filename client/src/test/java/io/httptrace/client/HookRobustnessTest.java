package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.Hook;
import io.httptrace.TraceContext;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks that throw, block, call back into the client, or cancel: each hook there is. */
class HookRobustnessTest {
  private static final Duration LIMIT = Waiting.LIMIT;
  private static final String HOST = "example.test";

  private static final List<String> HOOKS = UploadHooks.SECURE;

  /** Those that fire before {@code sendAsync} has returned. */
  private static final Set<String> AT_THE_CALLER = Set.of("roundTripStart", "getConn");

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private ScriptedServer server;
  private TracingHttpClient client;

  @BeforeEach
  void open() {
    ConnectionScript[] scripts = new ConnectionScript[4];
    Arrays.fill(scripts, (ConnectionScript) HookRobustnessTest::serve);
    server = guard.watch(ScriptedServer.builder("origin").connections(scripts).start());
    FakeResolver names = new FakeResolver().resolves(HOST, "127.0.0.1");
    client =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .resolver(names::lookup)
            .build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static void serve(io.httptrace.conformance.server.ServerConnection connection)
      throws Exception {
    connection.startTls(ServerTls.with(TestCertificate.GOOD));
    while (true) {
      var head = connection.readHead();
      if (!head.values("expect").isEmpty()) {
        connection.send("HTTP/1.1 100 Continue\r\n\r\n");
      }
      connection.readBody(head);
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    }
  }

  private HttpRequest request(ClientTrace... traces) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://" + HOST + ":" + server.port() + "/"))
            .POST(BodyPublishers.ofString("some body"))
            .expectContinue(true)
            .build();
    for (ClientTrace trace : traces) {
      request = TracedRequest.of(request, trace);
    }
    return request;
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private static String body(CompletableFuture<HttpResponse<String>> sent) throws Exception {
    return sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS).body();
  }

  private static void await(Gate gate) throws InterruptedException {
    assertThat(gate.await(LIMIT)).isTrue();
  }

  static Stream<String> hooks() {
    return HOOKS.stream();
  }

  static Stream<String> hooksAfterTheCaller() {
    return HOOKS.stream().filter(hook -> !AT_THE_CALLER.contains(hook));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hooksThatThrowChangeNothing(boolean errors) throws Exception {
    ClientTrace throwing =
        EveryHook.of(
            hook -> {
              seen.add(hook);
              if (!hook.equals("got1xxResponse")) {
                if (errors) {
                  throw new AssertionError(hook);
                }
                throw new IllegalStateException(hook);
              }
            });
    TraceRecorder recorder = new TraceRecorder();

    assertThat(body(sendAsync(request(recorder, throwing)))).isEqualTo("hello");
    assertThat(client.send(request(throwing), BodyHandlers.ofString()).body()).isEqualTo("hello");

    client.close();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(HOOKS);
    assertThat(names(recorder.timeline())).containsExactlyElementsOf(HOOKS);
    assertThat(recorder.timeline().roundTrips().get(0).status()).hasValue(200);
  }

  /** The names of the hooks that were called, each once, in an order every run has. */
  private static Set<String> names(Timeline timeline) {
    Set<String> called = new LinkedHashSet<>();
    timeline.events().stream().map(TraceEvent::hook).map(Hook::methodName).forEach(called::add);
    Set<String> ordered = new LinkedHashSet<>(HOOKS);
    ordered.retainAll(called);
    assertThat(ordered).containsExactlyInAnyOrderElementsOf(called);
    return ordered;
  }

  @Test
  void aLogThatThrowsWhenItIsToldOfAHookChangesNothing() throws Exception {
    ClientTrace throwing =
        new ClientTrace() {
          @Override
          public void gotFirstResponseByte() {
            throw new IllegalStateException("on purpose");
          }
        };
    try (CapturedLog logged = CapturedLog.throwing(ClientTrace.class)) {
      assertThat(body(sendAsync(request(throwing)))).isEqualTo("hello");
      assertThat(client.send(request(throwing), BodyHandlers.ofString()).body()).isEqualTo("hello");

      assertThat(logged.lines())
          .containsExactly(
              "WARNING hook gotFirstResponseByte of "
                  + throwing.getClass().getName()
                  + " threw; logged once only: java.lang.IllegalStateException: on purpose");
    }
  }

  @Test
  void aHookOfOneOfSeveralTracesIsLoggedOnceForAllRequests() throws Exception {
    ClientTrace throwing =
        ClientTrace.builder()
            .gotConn(
                info -> {
                  throw new IllegalStateException("on purpose");
                })
            .build();
    TraceRecorder first = new TraceRecorder();
    TraceRecorder second = new TraceRecorder();
    try (CapturedLog logged = CapturedLog.of(ClientTrace.class)) {
      assertThat(body(sendAsync(request(first, throwing)))).isEqualTo("hello");
      assertThat(body(sendAsync(request(throwing, second)))).isEqualTo("hello");

      assertThat(logged.lines())
          .containsExactly(
              "WARNING hook gotConn of "
                  + throwing.getClass().getName()
                  + " threw; logged once only: java.lang.IllegalStateException: on purpose");
    }
    assertThat(names(first.timeline())).contains("gotConn");
    assertThat(names(second.timeline())).contains("gotConn");
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void aHookThatBlocksHoldsUpNoOtherRequest(String blocking) throws Exception {
    Gate blocked = new Gate();
    Gate released = new Gate();
    ClientTrace trace =
        EveryHook.of(
            hook -> {
              if (hook.equals(blocking)) {
                blocked.open();
                await(released);
              }
            });
    CompletableFuture<HttpResponse<String>> held = new CompletableFuture<>();
    Thread caller =
        new Thread(() -> sendAsync(request(trace)).thenAccept(held::complete), "held caller");
    caller.start();
    await(blocked);

    try {
      assertThat(body(sendAsync(request()))).isEqualTo("hello");
      assertThat(client.send(request(new TraceRecorder()), BodyHandlers.ofString()).body())
          .isEqualTo("hello");
    } finally {
      released.open();
    }
    assertThat(body(held)).isEqualTo("hello");
    caller.join();
  }

  @ParameterizedTest
  @MethodSource("hooks")
  void aHookMaySendOnTheSameClient(String calling) throws Exception {
    AtomicBoolean called = new AtomicBoolean();
    CompletableFuture<String> inner = new CompletableFuture<>();
    ClientTrace trace =
        EveryHook.of(
            hook -> {
              if (hook.equals(calling) && called.compareAndSet(false, true)) {
                inner.complete(client.send(request(), BodyHandlers.ofString()).body());
              }
            });

    assertThat(client.send(request(trace), BodyHandlers.ofString()).body()).isEqualTo("hello");
    // The request of a hook in a dial may have given its connection to the other one already.
    assertThat(inner).succeedsWithin(LIMIT).isEqualTo("hello");
  }

  @ParameterizedTest
  @MethodSource("hooksAfterTheCaller")
  void aHookMayCancelItsRequest(String cancelling) throws Exception {
    CompletableFuture<CompletableFuture<?>> sent = new CompletableFuture<>();
    TraceRecorder recorder = new TraceRecorder();
    ClientTrace trace =
        EveryHook.of(
            hook -> {
              if (hook.equals(cancelling)) {
                sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS).cancel(true);
              }
            });
    CompletableFuture<HttpResponse<String>> future = sendAsync(request(recorder, trace));
    sent.complete(future);
    client.close();

    assertThat(future).isCancelled();
    Timeline timeline = recorder.timeline();
    assertThat(timeline.ended()).isTrue();
    for (String kind : List.of("dns", "connect", "tlsHandshake", "roundTrip")) {
      assertThat(count(timeline, kind + "Done"))
          .as(kind + "Done")
          .isEqualTo(count(timeline, kind + "Start"));
    }
    assertThat(client.pool().openCount()).isZero();
  }

  private static long count(Timeline timeline, String hook) {
    return timeline.events().stream()
        .filter(event -> event.hook().methodName().equals(hook))
        .count();
  }

  @Test
  void aRecorderThatIsAttachedTwiceRecordsOnce() throws Exception {
    TraceRecorder once = new TraceRecorder();
    TraceRecorder often = new TraceRecorder();
    try (TracingHttpClient own =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .resolver(new FakeResolver().resolves(HOST, "127.0.0.1")::lookup)
            .clientTrace(request -> often)
            .build()) {
      HttpRequest twice = request(often, once, often);
      TraceContext.current()
          .withClientTrace(often)
          .call(() -> own.send(twice, BodyHandlers.ofString()));
    }

    assertThat(often.timeline().events())
        .extracting(TraceEvent::hook)
        .extracting(Hook::methodName)
        .containsExactlyElementsOf(
            once.timeline().events().stream().map(TraceEvent::hook).map(Hook::methodName).toList());
    assertThat(often.timeline().roundTrips()).hasSize(1);
  }
}
