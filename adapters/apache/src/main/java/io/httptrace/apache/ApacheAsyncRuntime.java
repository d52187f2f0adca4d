package io.httptrace.apache;

import io.httptrace.GotConnInfo;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripOutcome;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.TlsStates;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * What the execution chain does with the connection of one traced call. Used by one thread at a
 * time, except that a failure may come on any.
 */
final class ApacheAsyncRuntime implements AsyncExecRuntime {
  private final AsyncExecRuntime runtime;
  private final ApacheCall call;
  private final ApacheAsyncTracing tracing;

  private volatile boolean leased;
  private volatile boolean ready;
  private volatile long readyAt;
  private volatile boolean secure;
  private volatile boolean reusable;
  private volatile @Nullable Object connection;

  /**
   * Makes one.
   *
   * @param runtime does it
   * @param call the call
   * @param tracing traces it
   */
  ApacheAsyncRuntime(AsyncExecRuntime runtime, ApacheCall call, ApacheAsyncTracing tracing) {
    this.runtime = runtime;
    this.call = call;
    this.tracing = tracing;
  }

  boolean isOf(ApacheAsyncTracing other) {
    return tracing == other;
  }

  // ---- What the interceptors see

  void begin(HttpRequest request, HttpRoute route, HookSupport support) {
    ready = false;
    leased = false;
    call.begin(request, route, support);
  }

  /** The connection is ready for the request. */
  void connected(HttpRoute route) {
    readyAt = System.nanoTime();
    secure = route.isSecure();
    ready = true;
  }

  /** A round trip has a response. It may be that of a proxy that has refused the tunnel. */
  void responded(HttpResponse response) {
    ApacheRoundTrip last = call.current();
    if (last != null && last.status() == 0) {
      ApacheDial dial = last.dial();
      if (dial != null) {
        dial.tunnelOver();
      }
      ProtocolVersion version = response.getVersion();
      last.gotResponse(response, version == null ? "HTTP/1.1" : version.toString());
    }
  }

  void failed(Throwable error) {
    call.failed(error, false);
  }

  /** The call is over. */
  void over() {
    forget(true);
    call.over();
  }

  // ---- Getting a connection

  @Override
  public boolean isEndpointAcquired() {
    return runtime.isEndpointAcquired();
  }

  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      Object state,
      HttpClientContext context,
      FutureCallback<AsyncExecRuntime> callback) {
    AtomicBoolean answered = new AtomicBoolean();
    Cancellable cancellable =
        runtime.acquireEndpoint(
            id,
            route,
            state,
            context,
            new Forwarding(
                callback,
                result -> {
                  answered.set(true);
                  leased = true;
                }));
    ApacheRoundTrip roundTrip = call.current();
    if (roundTrip != null && !answered.get() && tracing.isPending(route)) {
      roundTrip.waits();
    }
    return cancellable;
  }

  @Override
  public boolean isEndpointConnected() {
    return runtime.isEndpointConnected();
  }

  @Override
  public Cancellable connectEndpoint(
      HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
    boolean connected = runtime.isEndpointConnected();
    return in(
        context,
        () ->
            runtime.connectEndpoint(
                context,
                new Forwarding(
                    callback,
                    result -> {
                      ApacheRoundTrip last = call.current();
                      boolean made = result != null && !connected;
                      if (made && last != null && last.dial() == null) {
                        tracing.operatorIsNotUsed();
                      }
                    })));
  }

  @Override
  public void upgradeTls(HttpClientContext context) {
    in(
        context,
        () -> {
          runtime.upgradeTls(context);
          return null;
        });
  }

  @Override
  public void upgradeTls(
      HttpClientContext context, @Nullable FutureCallback<AsyncExecRuntime> callback) {
    in(
        context,
        () -> {
          runtime.upgradeTls(
              context, callback == null ? null : new Forwarding(callback, result -> {}));
          return null;
        });
  }

  /** Lets the operator, which is called by this, see whose connection it makes. */
  private <T> T in(HttpClientContext context, Supplier<T> step) {
    call.enter(context);
    try {
      return step.get();
    } finally {
      call.leave(context);
    }
  }

  @Override
  public void disconnectEndpoint() {
    runtime.disconnectEndpoint();
  }

  @Override
  public EndpointInfo getEndpointInfo() {
    return runtime.getEndpointInfo();
  }

  @Override
  public boolean validateConnection() {
    return runtime.validateConnection();
  }

  // ---- Using it

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler exchangeHandler, HttpClientContext context) {
    ApacheRoundTrip roundTrip = call.current();
    if (roundTrip == null) {
      return runtime.execute(id, exchangeHandler, context);
    }
    AsyncClientExchangeHandler telling =
        ready
            ? new ApacheAsyncExchange(exchangeHandler, roundTrip, this)
            : new ApacheAsyncTunnel(exchangeHandler, roundTrip, call.connections());
    return in(context, () -> runtime.execute(id, telling, context));
  }

  /** {@return whether HTTP/2 is spoken on the connection} */
  boolean isHttp2() {
    EndpointInfo info = runtime.getEndpointInfo();
    ProtocolVersion version = info == null ? null : info.getProtocol();
    return version != null && version.greaterEquals(HttpVersion.HTTP_2);
  }

  /**
   * The client shows the connection.
   *
   * @param shown what it shows: the same for all who use the connection; null if it does not
   */
  void gotConnection(@Nullable EndpointDetails shown) {
    ApacheRoundTrip roundTrip = call.current();
    if (roundTrip == null || roundTrip.hasConnection() || roundTrip.isDone()) {
      return;
    }
    Object key = shown == null ? this : shown;
    ApacheDial dial = roundTrip.dial();
    boolean http2 = isHttp2();
    GotConnInfo info =
        call.connections()
            .acquire(
                key,
                new ApacheConnections.Ends(
                    shown == null ? null : shown.getLocalAddress(),
                    shown == null ? null : shown.getRemoteAddress()),
                http2 ? "HTTP/2" : "HTTP/1.1",
                from(key, roundTrip),
                dial == null ? 0 : dial.id(),
                secure ? () -> tls(dial, http2) : null,
                readyAt);
    connection = key;
    roundTrip.gotConn(readyAt, info);
  }

  private ApacheConnections.From from(Object key, ApacheRoundTrip roundTrip) {
    if (roundTrip.dial() != null) {
      return ApacheConnections.From.DIAL;
    }
    if (!leased && connection == key) {
      return ApacheConnections.From.ROUND_TRIP_BEFORE;
    }
    return roundTrip.hasWaited() ? ApacheConnections.From.OTHER_CALL : ApacheConnections.From.POOL;
  }

  private @Nullable TlsConnectionState tls(@Nullable ApacheDial dial, boolean http2) {
    TlsConnectionState negotiated = dial == null ? null : dial.tls();
    if (negotiated != null) {
      return negotiated;
    }
    EndpointInfo info = runtime.getEndpointInfo();
    SSLSession session = info == null ? null : info.getSslSession();
    return session == null ? null : TlsStates.of(session, http2 ? "h2" : "", "");
  }

  @Override
  public void markConnectionReusable(Object state, TimeValue validityTime) {
    reusable = true;
    runtime.markConnectionReusable(state, validityTime);
  }

  @Override
  public void markConnectionNonReusable() {
    reusable = false;
    runtime.markConnectionNonReusable();
  }

  // ---- Giving it back

  /**
   * Tells that the connection goes back to the pool, and that the round trip has ended.
   *
   * @param release gives it back
   */
  void giveBack(Runnable release) {
    boolean http2 = isHttp2();
    boolean open = reusable && connection != null && runtime.isEndpointConnected();
    ApacheRoundTrip last = call.current();
    forget(!open);
    try {
      release.run();
    } finally {
      if (last != null && !last.isDone()) {
        if (open && !http2) {
          last.putIdle(null);
        }
        last.done(RoundTripOutcome.COMPLETED, null);
      }
    }
  }

  /** The call does not use its connection any more. */
  private void forget(boolean closed) {
    Object used = connection;
    connection = null;
    if (used != null) {
      call.connections().release(used, closed);
    }
  }

  @Override
  public void releaseEndpoint() {
    giveBack(runtime::releaseEndpoint);
  }

  @Override
  public void discardEndpoint() {
    forget(true);
    runtime.discardEndpoint();
  }

  /** {@return one that is not traced: it is for what goes on behind the call} */
  @Override
  public AsyncExecRuntime fork() {
    return runtime.fork();
  }

  /** Passes a result on, with this in place of what is behind it. */
  private final class Forwarding implements FutureCallback<AsyncExecRuntime> {
    private final FutureCallback<AsyncExecRuntime> callback;
    private final Consumer<@Nullable AsyncExecRuntime> before;

    Forwarding(
        FutureCallback<AsyncExecRuntime> callback, Consumer<@Nullable AsyncExecRuntime> before) {
      this.callback = callback;
      this.before = before;
    }

    @Override
    public void completed(AsyncExecRuntime result) {
      before.accept(result);
      callback.completed(ApacheAsyncRuntime.this);
    }

    @Override
    public void failed(Exception cause) {
      before.accept(null);
      callback.failed(cause);
    }

    @Override
    public void cancelled() {
      before.accept(null);
      callback.cancelled();
    }
  }
}
