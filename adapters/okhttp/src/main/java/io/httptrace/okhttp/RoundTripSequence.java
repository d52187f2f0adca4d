package io.httptrace.okhttp;

import io.httptrace.HookSupport;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.HostPort;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The round trips of a call, one after the other. Used by one thread at a time, except that {@link
 * #running} may be called by any.
 */
final class RoundTripSequence {
  private final CallHooks hooks;

  // Set by begin(), before there are events.
  private HookSupport support = OkHttpTracing.hookSupport();
  private @Nullable Call call;
  private boolean cache;
  private @Nullable Proxy proxy;

  private int count;
  private volatile @Nullable TracedRoundTrip running;

  /** What comes next, once the call has given its connection back or the cache has no answer. */
  private @Nullable Next next;

  /** The connection of the round trip before, which the call may keep. */
  private @Nullable Connection kept;

  private @Nullable Throwable failure;

  private record Next(Request request, RoundTripReason reason, boolean afterRelease) {}

  RoundTripSequence(CallHooks hooks) {
    this.hooks = hooks;
  }

  /** Begins the first round trip, or another one if an interceptor repeats the request. */
  void begin(Interceptor.Chain chain, Request request, HookSupport supported) {
    support = supported;
    call = chain.call();
    cache = chain.getCache() != null;
    proxy = chain.getProxy();
    endRunning();
    failure = null;
    follow(request, count == 0 ? RoundTripReason.FIRST : RoundTripReason.RETRY);
  }

  /** Takes note of what has stopped the call. */
  void failed(Throwable thrown) {
    failure = thrown;
  }

  /** {@return how many there have been} */
  int count() {
    return count;
  }

  /** {@return the round trip that is under way; null if there is none} */
  @Nullable TracedRoundTrip running() {
    return running;
  }

  /**
   * {@return the round trip of an event of the network, which begins now if the cache had no
   * answer; null if the call is over}
   */
  @Nullable TracedRoundTrip onNetwork() {
    Next waiting = next;
    if (waiting != null && !waiting.afterRelease()) {
      endRunning();
      start(waiting.request(), waiting.reason());
    }
    return running;
  }

  /** The cache has an answer, or nothing may be asked but the cache. */
  void withoutNetwork() {
    next = null;
  }

  /** Begins a round trip, or has {@link #onNetwork} do it if the cache might answer. */
  private void follow(Request request, RoundTripReason reason) {
    if (cache) {
      next = new Next(request, reason, false);
    } else {
      start(request, reason);
    }
  }

  private void start(Request request, RoundTripReason reason) {
    TracedRoundTrip started = new TracedRoundTrip(hooks, ++count, request);
    next = null;
    running = started;
    started.start(System.nanoTime(), reason, support, hostPort(request.url()));
  }

  private String hostPort(HttpUrl url) {
    Proxy set = proxy;
    if (set != null && set.address() instanceof InetSocketAddress address) {
      return HostPort.of(address);
    }
    return HostPort.of(url.host(), url.port());
  }

  private void endRunning() {
    TracedRoundTrip ending = running;
    running = null;
    if (ending == null) {
      return;
    }
    kept = ending.connection();
    Throwable error = failure;
    if (error == null) {
      ending.done();
    } else {
      fail(ending, error);
    }
  }

  /** The request is sent again. */
  void retry(Throwable error) {
    TracedRoundTrip failed = running;
    running = null;
    if (failed != null) {
      kept = failed.connection();
      failed.done(System.nanoTime(), RoundTripOutcome.FAILED, error);
      start(failed.request(), RoundTripReason.RETRY);
    }
  }

  /** Another request follows from a response. */
  void followUp(Response response, Request request) {
    RoundTripReason reason = reasonFor(response.code());
    TracedRoundTrip before = running;
    if (before != null && before.connection() != null && !sameHost(before.request(), request)) {
      // Its connection is given back first.
      next = new Next(request, reason, true);
      return;
    }
    endRunning();
    follow(request, reason);
  }

  private static boolean sameHost(Request one, Request other) {
    return one.url().port() == other.url().port() && one.url().host().equals(other.url().host());
  }

  private static RoundTripReason reasonFor(int status) {
    if (status == 401 || status == 407) {
      return RoundTripReason.AUTHENTICATION;
    }
    return status >= 300 && status < 400 ? RoundTripReason.REDIRECT : RoundTripReason.RETRY;
  }

  /** {@return the connection that the call has kept from the round trip before; null if none} */
  @Nullable Connection takeKept() {
    Connection connection = kept;
    kept = null;
    return connection;
  }

  /** The call has given its connection back. */
  void released(Connection connection, boolean closed) {
    kept = null;
    TracedRoundTrip user = running;
    if (user != null && user.connection() == connection) {
      user.released(closed);
    }
    Next waiting = next;
    if (waiting != null && waiting.afterRelease()) {
      endRunning();
      kept = null;
      follow(waiting.request(), waiting.reason());
    }
  }

  /**
   * Ends the last round trip.
   *
   * @param error what the call has failed with; null if OkHttp says that it has not
   */
  void end(@Nullable Throwable error) {
    next = null;
    TracedRoundTrip last = running;
    running = null;
    Throwable cause = error == null ? failure : error;
    if (last == null) {
      return;
    }
    if (cause == null) {
      last.done();
    } else {
      fail(last, cause);
    }
  }

  private void fail(TracedRoundTrip ending, Throwable error) {
    ending.stop(error);
    ending.done(System.nanoTime(), outcomeOf(error), error);
  }

  private RoundTripOutcome outcomeOf(Throwable error) {
    Call ended = call;
    boolean canceled = ended != null && ended.isCanceled();
    // OkHttp cancels a call that is out of time, but not one whose thread is interrupted.
    if (error instanceof SocketTimeoutException
        || (canceled && error instanceof InterruptedIOException)) {
      return RoundTripOutcome.TIMED_OUT;
    }
    return canceled || error instanceof InterruptedIOException
        ? RoundTripOutcome.CANCELLED
        : RoundTripOutcome.FAILED;
  }
}
