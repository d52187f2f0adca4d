package io.httptrace.cli.request;

import io.httptrace.client.TracedRequest;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one request and records it.
 *
 * @param client makes it
 * @param request the request; a timeout of its own is replaced
 * @param body where the response's body goes
 * @param maxTime how long it may take to its end, or null for no limit
 * @param outputFailed completes when output cannot be written any more, and then stops the request
 */
public record RunRequest(
    HttpClient client,
    HttpRequest request,
    BodyOutput body,
    @Nullable Duration maxTime,
    CompletableFuture<?> outputFailed) {

  /** How much later than the end of the request, or its limit, the client may report it. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /**
   * The result of a request.
   *
   * @param timeline the record
   * @param error the error of the request; null if it did not fail
   */
  public record Result(Timeline timeline, @Nullable Throwable error) {}

  /**
   * {@return the result, once the request is over}
   *
   * @param listener gets each event as it happens
   */
  public Result run(Consumer<TraceEvent> listener) {
    return run(listener, Watcher.NONE);
  }

  /**
   * {@return the result, once the request is over}
   *
   * @param listener gets each event as it happens
   * @param watcher follows the request
   */
  public Result run(Consumer<TraceEvent> listener, Watcher watcher) {
    OpenRoundTrips openRoundTrips = new OpenRoundTrips();
    TraceRecorder recorder =
        TraceRecorder.builder().listener(listener.andThen(openRoundTrips)).build();
    HttpRequest traced = TracedRequest.of(limited(), recorder);
    CompletableFuture<HttpResponse<Void>> response =
        client.sendAsync(traced, body.handler(recorder::timeline));
    watcher.begins(recorder::timeline);
    CompletableFuture<Void> stop = outputFailed.thenRun(() -> response.cancel(true));
    Throwable error = outcome(response);
    watcher.over();
    stop.cancel(false);
    body.finish();
    awaitLastEvents(openRoundTrips);
    return new Result(recorder.timeline(), error);
  }

  private static void awaitLastEvents(OpenRoundTrips openRoundTrips) {
    try {
      openRoundTrips.awaitNone(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives the client the limit too, because its error says in which phase it ran out. */
  private HttpRequest limited() {
    return maxTime == null ? request : PlannedRequest.within(request, maxTime);
  }

  private @Nullable Throwable outcome(CompletableFuture<HttpResponse<Void>> response) {
    try {
      await(response);
      return null;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause == null ? e : cause;
    } catch (TimeoutException e) {
      response.cancel(true);
      return new HttpTimeoutException("the response was not complete in time");
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      return new InterruptedIOException("interrupted");
    } catch (CancellationException e) {
      return e;
    }
  }

  private void await(CompletableFuture<HttpResponse<Void>> response)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (maxTime == null) {
      response.get();
      return;
    }
    try {
      response.get(maxTime.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (body.begun()) {
        throw e;
      }
      // The client's own limit is about to end it, with the better error.
      response.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
