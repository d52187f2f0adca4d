package io.httptrace.apache;

import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.apache.ApacheSupports.Pool;
import java.io.IOException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.jspecify.annotations.Nullable;

/**
 * The tracing of one asynchronous client: three interceptors of its execution chain, as {@link
 * ClassicTracing} has them.
 */
final class ApacheAsyncTracing {
  private static final String NAME = "httptrace";

  private final ClientTraces<HttpRequest> traces;
  private final @Nullable ConnPoolControl<HttpRoute> control;
  private final ApacheConnections connections = new ApacheConnections();

  private volatile Pool pool;

  /**
   * Makes one.
   *
   * @param traces where traces come from
   * @param manager the client's connection manager
   * @param pool who has built it
   */
  @SuppressWarnings("unchecked") // A connection manager keeps connections by their routes.
  ApacheAsyncTracing(
      ClientTraces<HttpRequest> traces, AsyncClientConnectionManager manager, Pool pool) {
    this.traces = traces;
    this.control =
        manager instanceof ConnPoolControl<?> known ? (ConnPoolControl<HttpRoute>) known : null;
    this.pool = pool;
  }

  /** Installs it in a client that is being built. */
  void install(HttpAsyncClientBuilder builder, AsyncClientConnectionManager manager) {
    builder
        .setConnectionManager(manager)
        .addExecInterceptorFirst(NAME, this::call)
        .addExecInterceptorBefore(ChainElement.CONNECT.name(), NAME + "-begin", this::roundTrip)
        .addExecInterceptorAfter(ChainElement.CONNECT.name(), NAME + "-connected", this::connected);
  }

  ApacheConnections connections() {
    return connections;
  }

  private HookSupport support() {
    return ApacheSupports.ofAsync(pool);
  }

  /** A connection was made, but not by the operator that the connection manager should have. */
  void operatorIsNotUsed() {
    if (pool == Pool.BUILT) {
      pool = Pool.REPLACED;
      ApacheSupports.warnOfManager("hooks of connecting and connWaitStart");
    }
  }

  /** {@return whether a request waits for a connection of a route, as far as can be seen} */
  boolean isPending(HttpRoute route) {
    return pool != Pool.REPLACED && (control == null || control.getStats(route).getPending() > 0);
  }

  private void call(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    // It may have been installed twice: then the other one traces the call.
    CallHooks hooks =
        scope.execRuntime instanceof ApacheAsyncRuntime
            ? null
            : traces.hooks(
                request,
                ApacheTraces.of(scope.clientContext),
                TraceContext.current().clientTrace());
    if (hooks == null) {
      chain.proceed(request, body, scope, callback);
      return;
    }
    ApacheCall call = new ApacheCall(hooks, connections);
    ApacheAsyncRuntime runtime = new ApacheAsyncRuntime(scope.execRuntime, call, this);
    try {
      chain.proceed(
          request,
          body,
          new AsyncExecChain.Scope(
              scope.exchangeId,
              scope.route,
              scope.originalRequest,
              scope.cancellableDependency,
              scope.clientContext,
              runtime,
              scope.scheduler,
              scope.execCount),
          new EndOfCall(callback, runtime));
    } catch (Throwable thrown) {
      runtime.failed(thrown);
      runtime.over();
      throw thrown;
    }
  }

  private void roundTrip(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    ApacheAsyncRuntime runtime = traced(scope);
    if (runtime == null) {
      chain.proceed(request, body, scope, callback);
      return;
    }
    runtime.begin(request, scope.route, support());
    try {
      chain.proceed(request, body, scope, new OfRoundTrip(callback, runtime));
    } catch (Throwable thrown) {
      runtime.failed(thrown);
      throw thrown;
    }
  }

  private void connected(
      HttpRequest request,
      @Nullable AsyncEntityProducer body,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    ApacheAsyncRuntime runtime = traced(scope);
    if (runtime != null) {
      runtime.connected(scope.route);
    }
    chain.proceed(request, body, scope, callback);
  }

  private @Nullable ApacheAsyncRuntime traced(AsyncExecChain.Scope scope) {
    return scope.execRuntime instanceof ApacheAsyncRuntime runtime && runtime.isOf(this)
        ? runtime
        : null;
  }

  /** What comes of a round trip. */
  private static class OfRoundTrip implements AsyncExecCallback {
    final AsyncExecCallback callback;
    final ApacheAsyncRuntime runtime;

    OfRoundTrip(AsyncExecCallback callback, ApacheAsyncRuntime runtime) {
      this.callback = callback;
      this.runtime = runtime;
    }

    @Override
    public AsyncDataConsumer handleResponse(HttpResponse response, EntityDetails details)
        throws HttpException, IOException {
      runtime.responded(response);
      return callback.handleResponse(response, details);
    }

    @Override
    public void handleInformationResponse(HttpResponse response) throws HttpException, IOException {
      callback.handleInformationResponse(response);
    }

    @Override
    public void completed() {
      callback.completed();
    }

    @Override
    public void failed(Exception cause) {
      runtime.failed(cause);
      callback.failed(cause);
    }
  }

  /** What comes of a call. The client gives its connection back in what this calls. */
  private static final class EndOfCall extends OfRoundTrip {
    EndOfCall(AsyncExecCallback callback, ApacheAsyncRuntime runtime) {
      super(callback, runtime);
    }

    @Override
    public void completed() {
      runtime.giveBack(callback::completed);
      runtime.over();
    }

    @Override
    public void failed(Exception cause) {
      runtime.failed(cause);
      try {
        callback.failed(cause);
      } finally {
        runtime.over();
      }
    }
  }
}
