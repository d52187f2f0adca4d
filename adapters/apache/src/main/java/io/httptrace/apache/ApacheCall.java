package io.httptrace.apache;

import io.httptrace.HookSupport;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.HostPort;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One traced call: its round trips, one after the other. */
final class ApacheCall {
  private static final String ATTRIBUTE = "io.httptrace.apache.call";

  private final CallHooks hooks;
  private final ApacheConnections connections;

  // Written by one thread at a time.
  private volatile int count;
  private volatile @Nullable ApacheRoundTrip current;

  ApacheCall(CallHooks hooks, ApacheConnections connections) {
    this.hooks = hooks;
    this.connections = connections;
  }

  // ---- In the context of the request

  /** {@return the call that is made in a context; null if it is not traced} */
  static @Nullable ApacheCall in(@Nullable HttpContext context) {
    return context != null && context.getAttribute(ATTRIBUTE) instanceof ApacheCall call
        ? call
        : null;
  }

  /** Puts this into a context. */
  void enter(HttpContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  /** Takes this out of the context again, which may be used for another request. */
  void leave(HttpContext context) {
    if (context.getAttribute(ATTRIBUTE) == this) {
      context.removeAttribute(ATTRIBUTE);
    }
  }

  // ---- Its round trips

  ApacheConnections connections() {
    return connections;
  }

  /** {@return the round trip that began last; null if none has begun} */
  @Nullable ApacheRoundTrip current() {
    return current;
  }

  /**
   * Begins a round trip. One that is under way has kept its connection, and ends.
   *
   * @param request what is asked for
   * @param route the way to the target
   * @param support how well hooks are reported
   */
  ApacheRoundTrip begin(HttpRequest request, HttpRoute route, HookSupport support) {
    ApacheRoundTrip before = current;
    if (before != null) {
      before.done(RoundTripOutcome.COMPLETED, null);
    }
    int number = count + 1;
    count = number;
    ApacheRoundTrip begun = new ApacheRoundTrip(hooks, number);
    current = begun;
    begun.start(
        RoundTripStartInfo.of(
            number, reason(before), request.getMethod(), uri(request, route), support),
        hostPort(route));
    return begun;
  }

  private static RoundTripReason reason(@Nullable ApacheRoundTrip before) {
    if (before == null) {
      return RoundTripReason.FIRST;
    }
    int status = before.error() == null ? before.status() : 0;
    if (status == 401 || status == 407) {
      return RoundTripReason.AUTHENTICATION;
    }
    return status >= 300 && status < 400 ? RoundTripReason.REDIRECT : RoundTripReason.RETRY;
  }

  private static URI uri(HttpRequest request, HttpRoute route) {
    try {
      return request.getUri();
    } catch (URISyntaxException notOne) {
      return URI.create(route.getTargetHost().toURI());
    }
  }

  private static String hostPort(HttpRoute route) {
    HttpHost proxy = route.getProxyHost();
    HttpHost peer = proxy == null ? route.getTargetHost() : proxy;
    int port = peer.getPort();
    if (port <= 0) {
      port = "https".equalsIgnoreCase(peer.getSchemeName()) ? 443 : 80;
    }
    return HostPort.of(peer.getHostName(), port);
  }

  /**
   * Ends the round trip that is under way with a failure.
   *
   * @param error what it has failed with
   * @param cancelled whether the application has cancelled the call
   */
  void failed(Throwable error, boolean cancelled) {
    ApacheRoundTrip failing = current;
    if (failing != null) {
      failing.done(outcomeOf(error, cancelled), error);
    }
  }

  /**
   * {@return how a round trip ends that fails}
   *
   * @param error what it fails with
   * @param cancelled whether the application has cancelled the call
   */
  static RoundTripOutcome outcomeOf(Throwable error, boolean cancelled) {
    if (cancelled) {
      return RoundTripOutcome.CANCELLED;
    }
    if (error instanceof SocketTimeoutException
        || error instanceof ConnectionRequestTimeoutException
        || error instanceof TimeoutException) {
      return RoundTripOutcome.TIMED_OUT;
    }
    return error instanceof InterruptedIOException || error instanceof CancellationException
        ? RoundTripOutcome.CANCELLED
        : RoundTripOutcome.FAILED;
  }

  /** Passes on the timeline, if there was a round trip: a cache may have answered. */
  void over() {
    if (count > 0) {
      hooks.end();
    }
  }
}
