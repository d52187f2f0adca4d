package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller who cancels waits no longer, so the round trip ends, whatever the client still does. */
class CancelledByCallerTest {
  private final SeenHooks seen = new SeenHooks();

  // Runs what it is given when it is told to.
  private final LinkedBlockingQueue<Runnable> held = new LinkedBlockingQueue<>();

  private HttpClient client;

  private HttpClient client(Executor executor) {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    client = (executor == null ? builder : builder.executor(executor)).build();
    return client;
  }

  @AfterEach
  void closes() {
    Clients.close(client);
  }

  private HttpRequest traced(int port, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).POST(body).build();
    return JdkTracing.traced(request, seen);
  }

  @Test
  void theRoundTripEndsWhileTheClientWaitsForTheBodyToSend() throws Exception {
    Gate subscribed = new Gate();
    Gate goesOn = new Gate();
    try (ScriptedServer server = Servers.answering("hello")) {
      CompletableFuture<HttpResponse<String>> future =
          client(null)
              .sendAsync(
                  traced(server.port(), new BlockingPublisher(subscribed, goesOn)),
                  BodyHandlers.ofString());
      assertThat(subscribed.await(Waiting.LIMIT)).isTrue();

      future.cancel(true);

      List<String> events = seen.events(); // Waits for the end.
      assertThat(events).endsWith("roundTripDone(CANCELLED CancellationException)");
      goesOn.open();
      Clients.close(client);
      assertThat(seen.soFar()).isEqualTo(events);
    } finally {
      goesOn.open();
    }
  }

  @Test
  void theCallerDoesNotWaitForAHookThatBlocks() throws Exception {
    BlockingHook blocking = new BlockingHook();
    try (ScriptedServer server = Servers.answering("hello")) {
      HttpRequest request =
          JdkTracing.traced(
              traced(server.port(), BodyPublishers.ofString("hello")),
              ClientTrace.builder().wroteHeaders(blocking).build());
      CompletableFuture<HttpResponse<String>> future =
          client(null).sendAsync(request, BodyHandlers.ofString());
      blocking.awaitCall();

      future.cancel(true);

      assertThat(seen.soFar()).doesNotContain("roundTripDone(CANCELLED CancellationException)");
      blocking.release();
      assertThat(seen.events()).endsWith("roundTripDone(CANCELLED CancellationException)");
    } finally {
      blocking.release();
    }
  }

  @Test
  void aRequestThatBeginsOnlyAfterwardsEndsAtOnce() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      CompletableFuture<Timeline> timeline = new CompletableFuture<>();
      HttpRequest request =
          JdkTracing.onTimeline(traced(server.port(), BodyPublishers.noBody()), timeline::complete);
      CompletableFuture<HttpResponse<String>> future =
          client(held::add).sendAsync(request, BodyHandlers.ofString());

      future.cancel(true);
      while (!timeline.isDone()) {
        Runnable next = held.poll(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(next).as("what the client gives its executor").isNotNull();
        next.run();
      }

      assertThat(seen.events())
          .containsExactly(
              "roundTripStart(1 FIRST)",
              "getConn",
              "roundTripDone(CANCELLED CancellationException)");
      assertThat(timeline.get().roundTrips()).hasSize(1);
    }
  }

  /** Lets the client wait where it subscribes. */
  private record BlockingPublisher(Gate subscribed, Gate goesOn) implements BodyPublisher {
    @Override
    public long contentLength() {
      return 5;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscribed.open();
      try {
        goesOn.await(Waiting.LIMIT);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      BodyPublishers.ofString("hello").subscribe(subscriber);
    }
  }
}
