package io.httptrace.client.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.Hook;
import io.httptrace.RoundTripOutcome;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No body can be made of a response whose content is still on its way: its connection is closed at
 * once, and the client can be closed.
 */
class BodyThatCannotBeMadeTest {
  private static final Duration LIMIT = Waiting.LIMIT;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final TraceRecorder recorder = new TraceRecorder();

  /** A way to fail. */
  private record Way(String name, @Nullable Throwable error, BodyHandler<String> handler) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Way> ways() {
    RuntimeException error = new IllegalStateException("no body");
    return Stream.of(
        new Way(
            "the handler throws",
            error,
            info -> {
              throw error;
            }),
        new Way("the handler gives null", null, info -> null),
        new Way(
            "getBody throws",
            error,
            info ->
                new Keen(
                    () -> {
                      throw error;
                    })),
        new Way("getBody gives null", null, info -> new Keen(() -> null)),
        new Way(
            "the body has failed",
            error,
            info -> new Keen(() -> CompletableFuture.failedFuture(error))),
        new Way("the body fails with the first piece", error, info -> new FailingLater(error)),
        new Way(
            "a mapping of a stream throws",
            error,
            info ->
                BodySubscribers.mapping(
                    BodySubscribers.ofInputStream(),
                    stream -> {
                      throw error;
                    })),
        new Way(
            "a mapping of a mapping throws",
            error,
            info ->
                BodySubscribers.mapping(
                    BodySubscribers.<InputStream, String>mapping(
                        BodySubscribers.ofInputStream(),
                        stream -> {
                          throw error;
                        }),
                    never -> never)));
  }

  /** Takes everything, whatever its body is. */
  private static class Keen implements BodySubscriber<String> {
    private final Supplier<CompletionStage<String>> body;

    Keen(Supplier<CompletionStage<String>> body) {
      this.body = body;
    }

    @Override
    public CompletionStage<String> getBody() {
      return body.get();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable throwable) {}

    @Override
    public void onComplete() {}
  }

  private static final class FailingLater extends Keen {
    private final CompletableFuture<String> body;
    private final Throwable error;

    FailingLater(Throwable error) {
      this(error, new CompletableFuture<>());
    }

    private FailingLater(Throwable error, CompletableFuture<String> body) {
      super(() -> body);
      this.body = body;
      this.error = error;
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      body.completeExceptionally(error);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void failsSend(Way way) throws Exception {
    fails(way, (client, request) -> catchThrowable(() -> client.send(request, way.handler)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void failsSendAsync(Way way) throws Exception {
    fails(
        way,
        (client, request) ->
            catchThrowable(
                () ->
                    client
                        .sendAsync(request, way.handler)
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS)));
  }

  private interface Door {
    Throwable failure(TracingHttpClient client, HttpRequest request);
  }

  private void fails(Way way, Door door) throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("origin")
                .connections(
                    connection -> {
                      connection.readRequest();
                      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhello");
                      connection.awaitPeerClose();
                    })
                .start());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      Throwable failure = door.failure(client, TracedRequest.of(request, recorder));

      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (way.error == null) {
        assertThat(cause).isInstanceOf(NullPointerException.class);
      } else {
        assertThat(cause).isSameAs(way.error);
      }
      assertThat(server.awaitEnd(1, LIMIT)).as("the connection is closed").isTrue();
    }
    assertThat(
            recorder.timeline().events().stream()
                .map(TraceEvent::hook)
                .map(Hook::methodName)
                .distinct())
        .containsExactly(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "roundTripDone");
    assertThat(recorder.timeline().roundTrips())
        .singleElement()
        .satisfies(roundTrip -> assertThat(roundTrip.outcome()).isEqualTo(RoundTripOutcome.FAILED));
  }
}
