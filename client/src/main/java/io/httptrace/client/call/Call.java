package io.httptrace.client.call;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripReason;
import io.httptrace.adapter.CallHooks;
import io.httptrace.client.body.ContentDecoder;
import io.httptrace.client.body.Delivery;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.concurrent.Turn;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.exchange.ExchangeFailure;
import io.httptrace.client.followups.FollowUps;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.pool.Lease;
import io.httptrace.client.request.HeadBuilder;
import io.httptrace.client.request.RequestSnapshot;
import io.httptrace.client.request.Route;
import io.httptrace.client.route.ProxyServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller, from {@code send} to the end of the response's body: its round trips,
 * the requests that follow a response, its time limit, its cancellation.
 *
 * <p>It is over when nothing more will be done for it, which for a body that is streamed is later
 * than the completion of its future.
 *
 * <p>It begins on the thread of the caller, and goes on on its strand: that is the caller's thread
 * as long as it waits in {@code send}, else threads of the executor; or, if nothing of it can
 * block, whichever thread has news of it. Only what ends it comes from other threads.
 */
final class Call<T> implements RoundTripRunner.Owner, Operation {
  /** How long a call that is ended from outside waits for the hook, or the like, that runs. */
  private static final long ABORT_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CallEnvironment environment;
  private final ResponseBody<T> body;
  private final @Nullable CallHooks hooks;
  private final Strand strand;
  private final Consumer<? super Call<?>> onOver;
  private final Completion<T> completion;
  private final AtomicBoolean over = new AtomicBoolean();
  private final FollowUps followUps;
  private final Retries retries;

  // Used on the strand, after the start.
  private int roundTrips;
  private RequestSnapshot request;
  private RequestSnapshot sent;
  private @Nullable ProxyServer proxy;
  private Route route;
  private @Nullable Response<T> previous;
  private FollowUps.@Nullable Next next;

  // Who starts a round trip writes it and then reads aborted; who aborts, the other way round: so
  // one of them sees the other.
  private volatile @Nullable RoundTripRunner roundTrip;
  private volatile Clock.Timer timer = Clock.Timer.NONE;
  private volatile @Nullable Throwable aborted;

  /**
   * Makes a call.
   *
   * @param proxy the proxy that was chosen for the request, or null for none
   * @param hosted whether the caller's thread waits, and runs the strand meanwhile
   * @param onOver is told when the call is over
   */
  Call(
      CallEnvironment environment,
      RequestSnapshot request,
      @Nullable ProxyServer proxy,
      BodyHandler<T> handler,
      @Nullable ClientTrace trace,
      boolean hosted,
      Consumer<? super Call<?>> onOver) {
    this.environment = environment;
    this.request = request;
    this.sent = request;
    this.proxy = proxy;
    this.route = Route.of(request, proxy, environment.requests());
    this.followUps = environment.policies().ofCall();
    this.hooks = RequestTrace.ofCall(trace);
    boolean prompt =
        proxy == null
            && followUps == FollowUps.NONE
            && environment.executor() == environment.spare()
            && NonBlockingHandlers.isPrompt(handler)
            && (hooks == null || hooks.nonBlocking());
    this.strand = Strand.begunHere(prompt && !hosted ? Turn.LATER : environment.executor(), hosted);
    this.completion =
        new Completion<>(
            strand,
            hosted ? null : environment.completionsFor(prompt),
            this::cancel,
            response -> dropSwitched(response.statusCode()));
    this.body =
        new ResponseBody<>(handler, environment, hosted, completion, this::response, this::abort);
    this.onOver = onOver;
    this.retries = new Retries(environment.clock(), strand);
    strand.onFailure(this::broken);
  }

  CompletableFuture<HttpResponse<T>> future() {
    return completion.future();
  }

  /**
   * Runs the call's strand on the caller's thread until the future is complete. An interrupt
   * cancels the call.
   */
  void host() throws InterruptedException {
    try {
      strand.host(completion.future()::isDone, this::cancel);
    } finally {
      strand.left(over.get());
    }
  }

  /**
   * Begins, on the caller's thread, which has made the call. Whatever stops the call meanwhile
   * waits on the strand until the hooks that run here have returned.
   */
  void start() {
    strand.begin(
        () -> {
          if (request.timeout() != null) {
            timer = environment.clock().schedule(this::timeOut, Clock.nanos(request.timeout()));
          }
          nextRequest(RoundTripReason.FIRST);
        });
  }

  /** Sends a request that has not been sent before: the caller's, or one that follows. */
  private void nextRequest(RoundTripReason reason) {
    try {
      sent = followUps.before(request);
      if (reason == RoundTripReason.REDIRECT) {
        proxy = environment.proxies().proxyFor(sent.uri());
      }
      Route planned =
          reason == RoundTripReason.FIRST && sent.equals(request)
              ? route
              : Route.of(sent, proxy, environment.requests());
      ProxyServer shown = followUps.proxy(sent, proxy, planned);
      route =
          Objects.equals(shown, proxy) ? planned : Route.of(sent, shown, environment.requests());
    } catch (Throwable t) {
      fail(t);
      return;
    }
    startRoundTrip(reason);
  }

  private void startRoundTrip(RoundTripReason reason) {
    roundTrips++;
    RoundTripRunner begun =
        new RoundTripRunner(
            environment, strand, sent, route, RequestTrace.of(hooks, roundTrips), this);
    roundTrip = begun;
    Throwable early = aborted;
    if (early == null) {
      begun.start(roundTrips, reason);
    } else {
      fail(early);
    }
  }

  // ---- From outside ----

  @Override
  public boolean runsHere() {
    RoundTripRunner current = roundTrip;
    return strand.runsHere() || body.runsHere() || (current != null && current.runsHere());
  }

  private void timeOut() {
    RoundTripRunner current = roundTrip;
    if (over.get()) {
      // All is done, but the subscriber has never made a body of it, as one that cancelled may not.
      completion.fail(new HttpTimeoutException("request timed out"));
    } else if (current != null && current.connected()) {
      abortNow(new HttpTimeoutException("request timed out"));
    } else {
      abortNow(Failures.connectTimeout());
    }
  }

  /**
   * Ends the call with an error, also if the caller's executor has been shut down under it. What
   * the caller waits for ends even if code of the caller's holds up the strand for longer.
   */
  @Override
  public void abortNow(Throwable reason) {
    abort(reason);
    strand.rescue(environment.spare());
    if (!completion.isDone()) {
      environment.clock().schedule(() -> completion.fail(reason), ABORT_GRACE_NANOS);
    }
  }

  void cancel() {
    CancellationException cancellation = new CancellationException("request cancelled");
    cancellation.initCause(new IOException("request cancelled"));
    abort(cancellation);
  }

  /** A task of the call has failed for a reason nobody foresaw. On the strand. */
  private void broken(Throwable error) {
    IOException failure = new IOException("request failed: " + Failures.text(error), error);
    try {
      abort(failure);
    } finally {
      strand.execute(() -> fail(failure));
    }
  }

  /** Ends the call with an error, wherever it is. On any thread. */
  void abort(Throwable reason) {
    if (!over.get()) {
      aborted = reason;
      RoundTripRunner current = roundTrip;
      if (current != null) {
        current.abort(reason);
      }
      strand.execute(
          () -> {
            if (retries.stop()) {
              fail(reason);
            }
          });
    }
  }

  // ---- From the round trip, on the strand ----

  @Override
  public Delivery respond(ResponseHead head) {
    try {
      next = followUps.after(request, head);
    } catch (Throwable t) {
      dropSwitched(head.status());
      completion.fail(Failures.deciding(t));
      return new Delivery(new CancellingSubscriber(), null);
    }
    ReceivedHead received = ReceivedHead.of(head);
    if (next != null) {
      previous = response(received, null);
      return new Delivery(new Drain(head), null);
    }
    boolean asked =
        head.hasBody() && HeadBuilder.asksForGzip(sent, environment.requests().compression());
    ContentDecoder decoder = asked ? received.decoder() : null;
    return decoder == null
        ? new Delivery(body.subscriber(received), null)
        : new Delivery(body.subscriber(received.withoutCoding()), decoder);
  }

  private Response<T> response(ReceivedHead info, @Nullable T body) {
    RoundTripRunner current = roundTrip;
    return new Response<>(
        request.original(),
        info,
        current == null ? null : current.sslSession(),
        current == null ? 0 : current.connectionId(),
        previous,
        body);
  }

  /**
   * {@return the connection, if the server has switched on it to the protocol the request asks for}
   * It is for the caller to close. On the strand, or when the future is complete.
   *
   * @param status the status of the response
   */
  @Nullable Lease switched(int status) {
    RoundTripRunner current = roundTrip;
    return status == 101 && sent.upgrade() && current != null ? current.lease() : null;
  }

  @Override
  public boolean takesConnection() {
    return sent.upgrade();
  }

  @Override
  public void notConnected(Throwable error) {
    if (aborted != null || !(error instanceof ProxyException refusal)) {
      fail(error);
      return;
    }
    FollowUps.Next following;
    try {
      following = followUps.refused(request, refusal);
    } catch (Throwable t) {
      fail(Failures.deciding(t));
      return;
    }
    if (following == null) {
      fail(error);
    } else {
      previous = response(ReceivedHead.of(refusal), null);
      request = following.request();
      nextRequest(following.reason());
    }
  }

  @Override
  public void delivered() {
    FollowUps.Next following = next;
    next = null;
    Throwable reason = aborted;
    if (following == null) {
      over();
    } else if (reason != null) {
      fail(reason);
    } else {
      request = following.request();
      nextRequest(following.reason());
    }
  }

  @Override
  public void failed(ExchangeFailure failure) {
    RoundTripRunner current = roundTrip;
    Throwable reason = aborted;
    if (current == null
        || !RetryPolicy.retries(sent, failure, current.reused())
        || !retries.tolerable()) {
      fail(Failures.exchanging(failure));
    } else if (reason == null) {
      retries.retry(failure, () -> startRoundTrip(RoundTripReason.RETRY));
    } else {
      reason.addSuppressed(failure.error());
      fail(reason);
    }
  }

  @Override
  public Throwable bodyError(ExchangeFailure failure) {
    return Failures.exchanging(failure);
  }

  @Override
  public void bodyFailed(Throwable error) {
    if (next == null) {
      body.failed(error);
    }
  }

  // ---- The end ----

  private void fail(Throwable error) {
    if (!over.get()) {
      retries.suppressIn(error);
    }
    completion.fail(error);
    over();
  }

  /** Nobody gets the response, and with it the connection it may have switched. */
  private void dropSwitched(int status) {
    Lease lease = switched(status);
    if (lease != null) {
      lease.close();
    }
  }

  private void over() {
    if (over.compareAndSet(false, true)) {
      if (completion.isDone()) {
        timer.stop();
      } else {
        completion
            .future()
            .whenComplete((response, error) -> timer.stop()); // its body is waited for
      }
      completion.whenTold(() -> onOver.accept(this));
    }
  }

  @Override
  public boolean isOver() {
    return over.get() && completion.future().isDone();
  }
}
