package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.Clock;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A time limit that has not run out is forgotten with its request. */
class TimeLimitEndsTest {
  private static final Duration TIME_LIMIT = Duration.ofHours(7);

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Gate stopped = new Gate();

  /** Tells when the time limit is stopped. Nothing runs out. */
  private final class StoppingClock implements Clock {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Timer schedule(Runnable task, long nanos) {
      return nanos == TIME_LIMIT.toNanos() ? stopped::open : Timer.NONE;
    }
  }

  /** A body that is made when all of its content has been read, or later. */
  private record LateBody(Gate read, CompletableFuture<String> made)
      implements BodySubscriber<String> {
    @Override
    public CompletionStage<String> getBody() {
      return made;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable error) {
      made.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      read.open();
    }
  }

  private CompletableFuture<HttpResponse<String>> send(
      TracingHttpClient client, BodyHandler<String> handler) throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("origin")
                .connections(
                    connection -> {
                      connection.readHead();
                      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                      connection.awaitPeerClose();
                    })
                .start());
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://example.test:" + server.port() + "/"))
            .timeout(TIME_LIMIT)
            .build(),
        handler);
  }

  private TracingHttpClient client() {
    TracingHttpClientBuilder builder =
        TracingHttpClient.newBuilder()
            .resolver(new FakeResolver().resolves("example.test", "127.0.0.1")::lookup);
    builder.config.clock = new StoppingClock();
    return builder.build();
  }

  @Test
  void whenTheResponseIsThere() throws Exception {
    try (TracingHttpClient client = client()) {
      send(client, BodyHandlers.ofString()).get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(stopped.await(Waiting.LIMIT)).isTrue();
    }
  }

  /** The time limit is for the body too. */
  @Test
  void whenTheBodyIsMadeLaterThanItsLastByteComes() throws Exception {
    Gate read = new Gate();
    CompletableFuture<String> made = new CompletableFuture<>();
    try (TracingHttpClient client = client()) {
      CompletableFuture<HttpResponse<String>> response =
          send(client, info -> new LateBody(read, made));
      assertThat(read.await(Waiting.LIMIT)).isTrue();
      made.complete("made");

      assertThat(response.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).body())
          .isEqualTo("made");
      assertThat(stopped.await(Waiting.LIMIT)).isTrue();
    }
  }
}
