package io.httptrace.asynchttpclient;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.timeline.Timeline;
import java.util.function.Consumer;
import java.util.function.Function;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Request;
import org.asynchttpclient.filter.RequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Calls the hooks of {@link ClientTrace} for the calls of an {@link AsyncHttpClient}, version 3.0
 * or newer. Immutable, and safe for use by several threads.
 *
 * <pre>{@code
 * AsyncHttpClient client =
 *     Dsl.asyncHttpClient(AsyncHttpClientTracing.create().install(Dsl.config()));
 * }</pre>
 *
 * <p>After that a call is traced if any of these has a trace, however it is executed. All that have
 * one are called, in this order, and the same trace only once:
 *
 * <ol>
 *   <li>its handler: {@code request.execute(AsyncHttpClientTracing.traced(handler, trace))}
 *   <li>the {@link TraceContext} that is current where the call is executed
 *   <li>{@link #clientTrace}
 *   <li>the recorder behind {@link #onTimeline}
 * </ol>
 *
 * <p><b>Threads.</b> Hooks run where AsyncHttpClient calls handlers, one at a time for a call: on
 * the thread that executes the call, on that of a lookup, and on its I/O threads. A hook that
 * blocks there holds up its call and, as a handler that blocks does, all other calls whose
 * connections its I/O thread serves; those of other I/O threads go on. So hand what may block over
 * to another thread, and do not wait in a hook for another call of the client: it may be one that
 * waits for the same thread. Time limits and {@code cancel} take effect meanwhile. No lock is held.
 * What a hook throws is logged, once for each hook of a trace, and does no harm; {@link
 * ClientTrace#got1xxResponse} may abort the request.
 *
 * <p><b>The end.</b> If a call fails, AsyncHttpClient completes its future before it tells the
 * handler, and so the hooks: the last of them, and the timeline, may come a little after {@code
 * get} has thrown. A call that succeeds has told all before.
 *
 * <p><b>What cannot be observed</b> is in {@link #hookSupport()}, and in each {@linkplain
 * Timeline#hookSupport() timeline}: through a SOCKS proxy it is more. The idle time that {@code
 * gotConn} tells, and the number of requests before, count traced calls only. A call keeps its
 * connection while it is redirected on the same host: then there is no {@code putIdleConn}, and
 * {@code gotConn} says that the connection was not idle. {@code putIdleConn} always has null: it
 * comes before the pool decides. A WebSocket's call is over with the response of its handshake.
 *
 * <p>Without a trace a call costs no allocation, but for the {@code FilterContext} that
 * AsyncHttpClient makes where there is a {@link RequestFilter}, and no reading of a clock.
 */
public final class AsyncHttpClientTracing {
  private final ClientTraces<Request> traces;

  private AsyncHttpClientTracing(ClientTraces<Request> traces) {
    this.traces = traces;
  }

  /** {@return one for the traces of handlers and of the current {@link TraceContext}} */
  public static AsyncHttpClientTracing create() {
    return new AsyncHttpClientTracing(ClientTraces.create(AsyncHttpClientTracing.class));
  }

  /**
   * {@return one that also traces every call of the client} It replaces a trace set before.
   *
   * @param trace called once for each call, on the thread that executes it, with the request as it
   *     is where this is {@linkplain #install installed}; returns its trace, or null for none. If
   *     it throws, the call fails.
   */
  public AsyncHttpClientTracing clientTrace(
      Function<? super Request, ? extends @Nullable ClientTrace> trace) {
    return new AsyncHttpClientTracing(traces.clientTrace(trace));
  }

  /**
   * {@return one that also passes on a timeline of every call of the client} It replaces a consumer
   * set before.
   *
   * <p>There is one timeline for each call, with all its round trips: redirects, retries and
   * authentication. It comes when the call has ended, just before the handler's {@code onCompleted}
   * or {@code onThrowable} is called; then it has {@linkplain Timeline#ended() ended}.
   *
   * @param consumer gets the timelines, several at a time if calls end at the same time. It is
   *     called on the thread that ends the call, mostly an I/O thread: it should not block. Its
   *     first exception is logged.
   */
  public AsyncHttpClientTracing onTimeline(Consumer<? super Timeline> consumer) {
    return new AsyncHttpClientTracing(traces.onTimeline(consumer));
  }

  /**
   * {@return a handler that does what another one does, with a trace for its call} Of a client in
   * which nothing is {@linkplain #install installed} the trace is not called, and that is logged.
   *
   * @param handler the handler, of any kind
   * @param trace the trace
   * @param <T> what the handler makes
   */
  public static <T> AsyncHandler<T> traced(AsyncHandler<T> handler, ClientTrace trace) {
    return AhcTracedHandler.of(requireNonNull(handler, "handler"), requireNonNull(trace, "trace"));
  }

  /**
   * Installs this in a client that is going to be made: adds a {@link RequestFilter}. Do it last,
   * when everything else is set, because proxies and how redirects are followed are looked up here,
   * and because other filters may change a request. If one is installed already, this takes its
   * place.
   *
   * @param builder the builder, which is changed
   * @return the builder
   * @throws IllegalStateException if AsyncHttpClient is older than 3.0
   */
  public DefaultAsyncHttpClientConfig.Builder install(
      DefaultAsyncHttpClientConfig.Builder builder) {
    requireNonNull(builder, "builder");
    AhcVersion.check();
    // A builder does not say what is set in it; a configuration does.
    AsyncHttpClientConfig config = builder.build();
    for (RequestFilter filter : config.getRequestFilters()) {
      if (filter instanceof AhcRequestFilter) {
        builder.removeRequestFilter(filter);
      }
    }
    return builder.addRequestFilter(new AhcRequestFilter(traces, new AhcSettings(config)));
  }

  /** {@return how well each hook is reported for a call that uses no SOCKS proxy} */
  public static HookSupport hookSupport() {
    return AhcSupport.DIRECT;
  }

  /** {@return what has been set} */
  @Override
  public String toString() {
    return "AsyncHttpClientTracing" + traces.toString().substring("ClientTraces".length());
  }
}
