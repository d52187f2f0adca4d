package io.httptrace.reactornetty;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.context.ContextView;

/**
 * A traced call with its round trips, one after the other. The connections find it in the Reactor
 * Context.
 */
final class ReactorCall {
  /** The call that is being sent on this thread, until its configuration is told. */
  private static final ThreadLocal<@Nullable ReactorCall> STARTING = new ThreadLocal<>();

  private final ClientTraces<HttpClientConfig> traces;
  private final @Nullable ClientTrace own;
  private final @Nullable ClientTrace sentIn;

  // Set once, where the call is sent, before there are connections.
  private volatile @Nullable Begun begun;

  private volatile boolean cancelled;

  // Guarded by this.
  private int count;
  private @Nullable ReactorRoundTrip running;
  private boolean over;

  /** Whether it is being told that one round trip ends, or the next one starts. */
  private boolean starting;

  /** Tells the end of the call after that. */
  private @Nullable Runnable ending;

  /** What is known since the call was sent. */
  private record Begun(
      ReactorHookQueue hooks, HttpClientConfig config, HookSupport support, long at) {}

  /**
   * Makes a call that has not been sent.
   *
   * @param traces where the traces of the client come from
   * @param own the trace of the request itself; null if it has none
   * @param sentIn the trace of the context it is sent in; null if there is none
   */
  ReactorCall(
      ClientTraces<HttpClientConfig> traces,
      @Nullable ClientTrace own,
      @Nullable ClientTrace sentIn) {
    this.traces = traces;
    this.own = own;
    this.sentIn = sentIn;
  }

  /** {@return the call of a context; null if it has none} */
  static @Nullable ReactorCall in(ContextView context) {
    return context.getOrDefault(ReactorCall.class, null);
  }

  /** {@return the call that is being sent on this thread; null if there is none} */
  static @Nullable ReactorCall starting() {
    return STARTING.get();
  }

  /** Sends it. */
  void send(Mono<? extends Connection> source, CoreSubscriber<? super Connection> actual) {
    ReactorCall outer = STARTING.get();
    STARTING.set(this);
    try {
      source.subscribe(new ReactorCallSubscriber(actual, this));
    } finally {
      set(outer);
    }
  }

  private static void set(@Nullable ReactorCall call) {
    if (call == null) {
      STARTING.remove();
    } else {
      STARTING.set(call);
    }
  }

  /** The configuration of the call that is being sent on this thread, if it is traced. */
  static void configured(HttpClientConfig config) {
    ReactorCall call = STARTING.get();
    if (call != null) {
      STARTING.remove();
      call.begin(config);
    }
  }

  private void begin(HttpClientConfig config) {
    CallHooks hooks = traces.hooks(config, own, sentIn);
    if (hooks == null) {
      return;
    }
    long now = System.nanoTime();
    HookSupport support = ReactorHookSupport.of(config.protocols());
    begun = new Begun(new ReactorHookQueue(hooks), config, support, now);
    if (config.uri() != null) {
      var unused = first();
    }
    // Otherwise the URI may be a Mono, whose value is known when a connection is asked for.
  }

  /** {@return the first round trip, which begins now if it has not; null if the call is over} */
  private @Nullable ReactorRoundTrip first() {
    Begun now = begun;
    if (now == null) {
      return null;
    }
    synchronized (this) {
      if (over || count > 0) {
        return running;
      }
    }
    ReactorTarget target = ReactorTarget.of(now.config());
    ReactorRoundTrip made;
    synchronized (this) {
      if (over || count > 0) {
        return running;
      }
      made = add(now, target);
    }
    made.start(now.at(), RoundTripReason.FIRST, now.support());
    started();
    return made;
  }

  // Guarded by this.
  private ReactorRoundTrip add(Begun now, ReactorTarget target) {
    ReactorRoundTrip made = new ReactorRoundTrip(this, now.hooks(), ++count, target);
    running = made;
    starting = true;
    return made;
  }

  /** It has been told that a round trip starts, or none does. If the call is over, it ends now. */
  private void started() {
    Runnable end;
    synchronized (this) {
      starting = false;
      end = ending;
      ending = null;
    }
    if (end != null) {
      end.run();
    }
  }

  /** {@return whether the caller does not want the response any more} */
  boolean isCancelled() {
    return cancelled;
  }

  /**
   * {@return the round trip that a connection is made or found for; null if the call is over} If
   * the running one has had a connection, its request is sent again, and the next one begins.
   */
  @Nullable ReactorRoundTrip forConnection() {
    ReactorRoundTrip last = first();
    if (last == null || !last.hasConnection()) {
      return last;
    }
    if (last.isGivenUp()) {
      return null;
    }
    ReactorTarget redirected = last.redirected();
    if (redirected != null) {
      return followUp(last, RoundTripReason.REDIRECT, redirected);
    }
    if (last.isAnswered()) {
      return followUp(last, RoundTripReason.AUTHENTICATION, last.target());
    }
    if (!leaves(last)) {
      return null;
    }
    long at = last.failedAt();
    Throwable error = last.failure();
    last.done(
        at,
        RoundTripOutcome.FAILED,
        error == null ? new IOException("the connection was dead") : error);
    return next(RoundTripReason.RETRY, last.target(), at);
  }

  /** {@return the round trip that follows from a response; null if the call is over} */
  @Nullable ReactorRoundTrip followUp(
      ReactorRoundTrip last, RoundTripReason reason, ReactorTarget target) {
    if (!leaves(last)) {
      return null;
    }
    long now = System.nanoTime();
    last.done(now, RoundTripOutcome.COMPLETED, null);
    return next(reason, target, now);
  }

  /** {@return whether another round trip follows, which {@link #next} must begin then} */
  private synchronized boolean leaves(ReactorRoundTrip last) {
    if (over || last != running) {
      return false;
    }
    starting = true;
    return true;
  }

  private @Nullable ReactorRoundTrip next(
      RoundTripReason reason, ReactorTarget target, long nanoTime) {
    Begun now = begun;
    ReactorRoundTrip made = null;
    synchronized (this) {
      if (now != null && !over) {
        made = add(now, target);
      }
    }
    if (now != null && made != null) {
      made.start(nanoTime, reason, now.support());
    }
    started();
    return made;
  }

  /** {@return the round trip that is under way; null if there is none} */
  synchronized @Nullable ReactorRoundTrip running() {
    return over ? null : running;
  }

  /** The call has failed: the caller gets no response. */
  void failed(Throwable error) {
    ReactorRoundTrip last = first();
    if (last != null) {
      end(last, outcomeOf(error), error);
    }
  }

  private RoundTripOutcome outcomeOf(Throwable error) {
    if (cancelled || error instanceof CancellationException) {
      return RoundTripOutcome.CANCELLED;
    }
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e.getClass().getSimpleName().endsWith("TimeoutException")) {
        return RoundTripOutcome.TIMED_OUT;
      }
    }
    return RoundTripOutcome.FAILED;
  }

  /** The caller does not want the response any more. */
  void cancelled() {
    cancelled = true;
    ReactorRoundTrip last = first();
    // A connection that it has is closed, which ends it.
    if (last != null && last.giveUpConnection()) {
      end(last, RoundTripOutcome.CANCELLED, new CancellationException("the call was cancelled"));
    }
  }

  /** {@return whether the hooks of all that has happened have returned} */
  boolean haveHooksReturned() {
    Begun now = begun;
    return now == null || now.hooks().isIdle();
  }

  /** Runs something when the hooks of all that has happened have returned. */
  void whenHooksHaveReturned(Runnable next) {
    Begun now = begun;
    if (now == null) {
      next.run();
    } else {
      now.hooks().then(next);
    }
  }

  /** {@return whether connections are kept for other calls} */
  boolean hasPool() {
    Begun now = begun;
    return now != null && now.config().connectionProvider() != ConnectionProvider.newConnection();
  }

  /** The last response has been read to its end. */
  void completed(ReactorRoundTrip last) {
    end(last, cancelled ? RoundTripOutcome.ABANDONED : RoundTripOutcome.COMPLETED, null);
  }

  /**
   * The connection, or the stream, of a round trip has ended before the response did.
   *
   * @param here whether it was closed by this side
   */
  void connectionEnded(ReactorRoundTrip open, boolean here) {
    Throwable failure = open.failure();
    if (failure == null) {
      failure =
          here
              ? new CancellationException("the connection was closed")
              : new EOFException("the connection ended before the response did");
      open.noteFailure(failure);
    }
    if (open.isDelivered() && failure instanceof CancellationException) {
      end(open, RoundTripOutcome.ABANDONED, null);
    } else if (open.isDelivered() || cancelled) {
      end(open, failure);
    }
    // Otherwise the call fails, or sends the request again.
    open.loseConnection();
    if (cancelled) {
      // It has been just now, and left it to this connection to end the round trip.
      end(open, failure);
    }
  }

  /** Ends a round trip that has failed, and the call with it. */
  void end(ReactorRoundTrip last, Throwable error) {
    end(last, outcomeOf(error), error);
  }

  /** Ends the last round trip, and the call. */
  void end(ReactorRoundTrip last, RoundTripOutcome outcome, @Nullable Throwable error) {
    synchronized (this) {
      if (over || last != running) {
        return;
      }
      over = true;
      if (starting) {
        ending = () -> tellEnd(last, outcome, error);
        return;
      }
    }
    tellEnd(last, outcome, error);
  }

  private void tellEnd(ReactorRoundTrip last, RoundTripOutcome outcome, @Nullable Throwable error) {
    last.done(System.nanoTime(), outcome, error);
    Begun now = begun;
    if (now != null) {
      now.hooks().end();
    }
  }
}
