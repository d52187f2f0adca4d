package io.httptrace.cli.request;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request that is sent any number of times; the bodies of the responses are dropped. */
public final class RepeatedRequest {
  private final HttpClient client;
  private final HttpRequest request;
  private final @Nullable Duration maxTime;

  /**
   * Makes a request.
   *
   * @param client sends it
   * @param request the request; a timeout of its own is replaced
   * @param maxTime how long it may take to its end, or null for no limit
   */
  public RepeatedRequest(HttpClient client, HttpRequest request, @Nullable Duration maxTime) {
    this.client = client;
    this.request = maxTime == null ? request : PlannedRequest.within(request, maxTime);
    this.maxTime = maxTime;
  }

  /**
   * Sends it, without waiting for it.
   *
   * @param trace is told what happens; if it does not block, the client need not change threads
   * @param begun whether the head of the response has arrived
   * @return completes with null when the response is complete, or with the error of the request, on
   *     the thread of the client that finds it out; never completes exceptionally
   */
  public CompletableFuture<@Nullable Throwable> send(ClientTrace trace, BooleanSupplier begun) {
    CompletableFuture<HttpResponse<Void>> response;
    try {
      response = client.sendAsync(TracedRequest.of(request, trace), BodyHandlers.discarding());
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(e);
    }
    return maxTime == null ? error(response) : limited(response, begun, maxTime);
  }

  private static CompletableFuture<@Nullable Throwable> error(
      CompletableFuture<HttpResponse<Void>> response) {
    return response.handle((complete, error) -> error == null ? null : cause(error));
  }

  /** Until the head of the response the client's own limit has the better error. */
  private static CompletableFuture<@Nullable Throwable> limited(
      CompletableFuture<HttpResponse<Void>> response, BooleanSupplier begun, Duration maxTime) {
    return response
        .copy()
        .orTimeout(maxTime.toNanos(), TimeUnit.NANOSECONDS)
        .<CompletableFuture<@Nullable Throwable>>handle(
            (complete, error) -> {
              if (!(error instanceof TimeoutException)) {
                return CompletableFuture.completedFuture(error == null ? null : cause(error));
              }
              if (!begun.getAsBoolean()) {
                return error(response);
              }
              response.cancel(true);
              return CompletableFuture.completedFuture(
                  new HttpTimeoutException("the response was not complete in time"));
            })
        .thenCompose(outcome -> outcome);
  }

  private static Throwable cause(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
