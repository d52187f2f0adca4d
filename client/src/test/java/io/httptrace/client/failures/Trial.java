package io.httptrace.client.failures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.errors.DnsException;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.error.LookupException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.GrowingLimit;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request that is to fail: its client, its server, and its recorder. */
final class Trial {
  static final String HOST = "example.test";
  private static final String WORDS_OF_NETTY =
      "io\\.netty|[Ss]tackless|Annotated|SSLEngine|SslHandler|Decoder|Encoder|Channel";

  private final LeakGuard guard;
  private final FakeResolver names = new FakeResolver();
  private final Map<String, Gate> reached = new ConcurrentHashMap<>();
  private final TraceRecorder recorder =
      TraceRecorder.builder().listener(event -> at(event.hook().methodName()).open()).build();
  private final TracingHttpClientBuilder client =
      TracingHttpClient.newBuilder().trustManager(TestCertificate.trusting());
  private final HttpRequest.Builder request = HttpRequest.newBuilder();
  private @Nullable ClientTrace extra;
  private BodyHandler<?> handler = BodyHandlers.ofString();

  Trial(LeakGuard guard) {
    this.guard = guard;
    client.resolver(
        host ->
            names
                .lookup(host)
                .handle(
                    (addrs, error) -> {
                      if (error instanceof LookupException e) {
                        throw new CompletionException(
                            new DnsException(
                                host, DnsException.Reason.valueOf(e.kind().name()), e));
                      }
                      return addrs;
                    }));
  }

  FakeResolver names() {
    return names;
  }

  /** {@return the gate that opens when a hook of the request fires for the first time} */
  Gate at(String hook) {
    return reached.computeIfAbsent(hook, h -> new Gate());
  }

  /** Starts a server with one script for its one connection, at 127.0.0.1. */
  ScriptedServer server(ConnectionScript script) {
    return server(ScriptedServer.builder("origin").connections(script));
  }

  ScriptedServer server(ScriptedServer.Builder builder) {
    return guard.watch(builder.start());
  }

  Trial client(Consumer<TracingHttpClientBuilder> settings) {
    settings.accept(client);
    return this;
  }

  Trial request(Consumer<HttpRequest.Builder> settings) {
    settings.accept(request);
    return this;
  }

  <T> Trial handler(BodyHandler<T> bodies) {
    handler = bodies;
    return this;
  }

  /** Adds a trace, which is called before the recorder. */
  Trial trace(ClientTrace trace) {
    extra = trace;
    return this;
  }

  /** Sends to the server by its address. */
  Trial to(ScriptedServer server) {
    request.uri(URI.create("http://127.0.0.1:" + server.port() + "/"));
    return this;
  }

  /** Sends by name; the name is in the resolver's table unless the test has put it there. */
  Trial toName(String scheme, int port) {
    request.uri(URI.create(scheme + "://" + HOST + ":" + port + "/"));
    return this;
  }

  /** Sends to the server by TLS. */
  Trial secure(ScriptedServer server) {
    names.resolves(HOST, "127.0.0.1");
    return toName("https", server.port());
  }

  private HttpRequest traced() {
    HttpRequest traced = TracedRequest.of(request.build(), recorder);
    return extra == null ? traced : TracedRequest.of(traced, extra);
  }

  /**
   * {@return a request whose time is up after a hook}
   *
   * @param hook the hook
   * @param setUp says what to send, and sets a time limit
   */
  static FailedRequest timeIsUpAfter(
      String hook, LeakGuard guard, BiConsumer<Trial, Duration> setUp) throws Exception {
    return GrowingLimit.of(
        limit -> {
          Trial trial = new Trial(guard);
          setUp.accept(trial, limit);
          FailedRequest failed = trial.fails();
          // A request that is stopped while it is written tells of its end too.
          boolean inTime =
              trial.at(hook).isOpen() && (!hook.equals("wroteRequest") || failed.isWritten());
          return inTime ? failed : null;
        });
  }

  /**
   * {@return the request, which fails by itself, with what {@code send} was told by the call} That
   * is the cause of what it throws, which leads to this code and says so in plain words.
   */
  FailedRequest fails() throws Exception {
    HttpRequest traced = traced();
    Throwable thrown;
    try (TracingHttpClient open = client.build()) {
      thrown = catchThrowable(() -> open.send(traced, handler));
    }
    assertThat(thrown).isNotNull();
    assertThat(thrown.getStackTrace())
        .as("stack trace of %s", thrown)
        .anyMatch(frame -> frame.getClassName().equals(Trial.class.getName()));
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContainPattern(WORDS_OF_NETTY);
    }
    Throwable told = requireNonNull(thrown.getCause(), thrown::toString);
    if (told instanceof IOException || told instanceof CancellationException) {
      assertThat(thrown).hasSameClassAs(told).hasMessage(told.getMessage());
      assertThat(thrown.getSuppressed()).containsExactly(told.getSuppressed());
    }
    return new FailedRequest(told, recorder.timeline());
  }

  /** {@return the request, whose future is cancelled when a gate opens} */
  FailedRequest cancelledAt(Gate gate) throws Exception {
    try (TracingHttpClient open = client.build()) {
      CompletableFuture<?> future = send(open, handler);
      await(gate);
      assertThat(future.cancel(true)).isTrue();
      return finish(open, future);
    }
  }

  /** {@return the request, whose caller is interrupted in {@code send} when a gate opens} */
  FailedRequest interruptedAt(Gate gate) throws Exception {
    try (TracingHttpClient open = client.build()) {
      CompletableFuture<Void> result = new CompletableFuture<>();
      HttpRequest traced = traced();
      Thread caller =
          new Thread(
              () -> {
                try {
                  open.send(traced, handler);
                  result.complete(null);
                } catch (Throwable t) {
                  result.completeExceptionally(t);
                }
              },
              "caller");
      caller.start();
      await(gate);
      caller.interrupt();
      return finish(open, result);
    }
  }

  private <T> CompletableFuture<HttpResponse<T>> send(
      TracingHttpClient open, BodyHandler<T> bodies) {
    return open.sendAsync(traced(), bodies);
  }

  private FailedRequest finish(TracingHttpClient open, CompletableFuture<?> future)
      throws Exception {
    Throwable error = errorOf(future);
    open.close();
    return new FailedRequest(error, recorder.timeline());
  }

  private static Throwable errorOf(CompletableFuture<?> future) throws Exception {
    try {
      Object result = future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("did not fail: " + result);
    } catch (ExecutionException e) {
      return requireNonNull(e.getCause());
    } catch (CancellationException e) {
      return e;
    }
  }

  /** {@return a body that gives whatever it is asked for, and does not end} */
  static Flow.Publisher<ByteBuffer> endless() {
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long n) {
                for (long i = 0; i < n; i++) {
                  subscriber.onNext(ByteBuffer.allocate(16_384));
                }
              }

              @Override
              public void cancel() {}
            });
  }

  /** {@return a body that gives nothing} */
  static Flow.Publisher<ByteBuffer> silent() {
    return subscriber ->
        subscriber.onSubscribe(
            new Flow.Subscription() {
              @Override
              public void request(long n) {}

              @Override
              public void cancel() {}
            });
  }

  static void await(Gate gate) throws InterruptedException {
    assertThat(gate.await(Waiting.LIMIT)).as("gate opened").isTrue();
  }
}
