package io.httptrace.client.call;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripReason;
import io.httptrace.client.body.ContentDecoder;
import io.httptrace.client.body.Delivery;
import io.httptrace.client.body.Gunzip;
import io.httptrace.client.exchange.ExchangeFailure;
import io.httptrace.client.exchange.ResponseHead;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.hooks.Strand;
import io.httptrace.client.netty.Clock;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller, from {@code send} to the end of the response's body: its attempts, its
 * time limit, its cancellation.
 *
 * <p>It is over when nothing more will be done for it, which for a body that is streamed is later
 * than the completion of its future.
 */
final class Call<T> implements Attempt.Owner {
  private final CallEnvironment environment;
  private final RequestSnapshot request;
  private final Route route;
  private final BodyHandler<T> handler;
  private final @Nullable ClientTrace trace;
  private final Strand strand;
  private final boolean hosted;
  private final Consumer<Call<?>> onOver;
  private final CallFuture<HttpResponse<T>> future = new CallFuture<>(this::cancel);
  private final AtomicBoolean over = new AtomicBoolean();

  // Used on the strand, after the start.
  private int attempts;

  private volatile boolean exchangeEnded;
  private volatile @Nullable Attempt attempt;
  private volatile Clock.Timer timer = Clock.Timer.NONE;
  private volatile @Nullable Throwable aborted;

  /**
   * Makes a call.
   *
   * @param hosted whether the caller's thread waits, and runs the strand meanwhile
   * @param onOver is told when the call is over
   */
  Call(
      CallEnvironment environment,
      RequestSnapshot request,
      Route route,
      BodyHandler<T> handler,
      @Nullable ClientTrace trace,
      boolean hosted,
      Consumer<Call<?>> onOver) {
    this.environment = environment;
    this.request = request;
    this.route = route;
    this.handler = handler;
    this.trace = trace;
    this.hosted = hosted;
    this.strand =
        hosted ? Strand.hostedHere(environment.executor()) : new Strand(environment.executor());
    this.onOver = onOver;
  }

  CompletableFuture<HttpResponse<T>> future() {
    return future;
  }

  /** Runs the call's strand on the caller's thread until the future is complete. */
  void host() throws InterruptedException {
    strand.host(future::isDone);
  }

  /** Begins, on the caller's thread. */
  void start() {
    if (request.timeout() != null) {
      timer = environment.clock().schedule(this::timeOut, nanos(request.timeout()));
    }
    attempt(RoundTripReason.FIRST);
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE >> 1;
    }
  }

  private void attempt(RoundTripReason reason) {
    attempts++;
    exchangeEnded = false;
    Attempt next =
        new Attempt(environment, strand, request, route, RequestTrace.of(trace, attempts), this);
    attempt = next;
    next.start(attempts, reason);
    Throwable late = aborted;
    if (late != null) {
      next.abort(late);
    }
  }

  // ---- From outside ----

  private void timeOut() {
    Attempt current = attempt;
    if (current != null && current.connected()) {
      abort(new HttpTimeoutException("request timed out"));
    } else {
      HttpConnectTimeoutException timeout =
          new HttpConnectTimeoutException("HTTP connect timed out");
      timeout.initCause(new ConnectException("HTTP connect timed out"));
      abort(timeout);
    }
  }

  void cancel() {
    abort(new CancellationException("request cancelled"));
  }

  /** Ends the call with an error, wherever it is. On any thread. */
  void abort(Throwable reason) {
    if (!over.get()) {
      aborted = reason;
      Attempt current = attempt;
      if (current != null) {
        current.abort(reason);
      }
    }
  }

  // ---- From the attempt, on the strand ----

  @Override
  public Delivery respond(ResponseHead head) {
    ContentDecoder decoder = null;
    ResponseHead seen = head;
    if (HeadBuilder.asksForGzip(request, environment.compression())
        && head.hasBody()
        && head.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
      decoder = new Gunzip();
      seen = withoutCoding(head);
    }
    return new Delivery(subscriber(seen), decoder);
  }

  private static ResponseHead withoutCoding(ResponseHead head) {
    HttpHeaders headers =
        HttpHeaders.of(
            head.headers().map(),
            (name, value) ->
                !name.equalsIgnoreCase("Content-Encoding")
                    && !name.equalsIgnoreCase("Content-Length"));
    return new ResponseHead(
        head.status(), head.protocol(), headers, head.hasBody(), head.reusable());
  }

  private BodySubscriber<?> subscriber(ResponseHead head) {
    try {
      BodySubscriber<T> subscriber = handler.apply(new Info(head));
      subscriber
          .getBody()
          .whenComplete(
              (body, error) -> {
                if (error != null) {
                  complete(null, error);
                } else {
                  complete(response(head, body), null);
                }
              });
      return subscriber;
    } catch (Throwable t) {
      complete(null, t);
      return new CancellingSubscriber();
    }
  }

  private Response<T> response(ResponseHead head, @Nullable T body) {
    Attempt current = attempt;
    return new Response<>(
        request.original(),
        head,
        current == null ? null : current.sslSession(),
        current == null ? 0 : current.connectionId(),
        body);
  }

  /**
   * What a body handler is told of a response.
   *
   * @param head its head
   */
  private record Info(ResponseHead head) implements HttpResponse.ResponseInfo {
    @Override
    public int statusCode() {
      return head.status();
    }

    @Override
    public HttpHeaders headers() {
      return head.headers();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  @Override
  public void notConnected(Throwable error) {
    complete(null, error);
    over();
  }

  @Override
  public void ended() {
    exchangeEnded = true;
  }

  @Override
  public void delivered() {
    over();
  }

  @Override
  public void failed(ExchangeFailure failure) {
    Attempt current = attempt;
    if (current != null
        && aborted == null
        && RetryPolicy.retries(request, failure, current.reused())) {
      attempt(RoundTripReason.RETRY);
    } else {
      complete(null, Failures.exchanging(failure));
      over();
    }
  }

  @Override
  public Throwable bodyError(ExchangeFailure failure) {
    return Failures.exchanging(failure);
  }

  // ---- The end ----

  /**
   * Completes the future. While the body is still being streamed, what depends on the future may
   * block to read it, and must not do so on the strand that delivers it.
   */
  private void complete(@Nullable HttpResponse<T> response, @Nullable Throwable error) {
    if (exchangeEnded || hosted) {
      completeNow(response, error);
    } else {
      environment.executor().execute(() -> completeNow(response, error));
    }
  }

  private void completeNow(@Nullable HttpResponse<T> response, @Nullable Throwable error) {
    if (response != null) {
      future.complete(response);
    } else if (error != null) {
      Throwable cause = error.getCause();
      future.completeExceptionally(
          error instanceof CompletionException && cause != null ? cause : error);
    }
    strand.wake();
  }

  private void over() {
    if (over.compareAndSet(false, true)) {
      timer.stop();
      onOver.accept(this);
    }
  }
}
