package io.httptrace.apache;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.apache.ApacheSupports.Pool;
import io.httptrace.timeline.Timeline;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Calls the hooks of {@link ClientTrace} for the requests of Apache HttpClient, version 5.5 or
 * newer. Immutable, and safe for use by several threads.
 *
 * <pre>{@code
 * CloseableHttpClient client = ApacheTracing.create().install(HttpClients.custom()).build();
 * }</pre>
 *
 * <p>After that a request is traced if any of these has a trace. All that have one are called, in
 * this order, and the same trace only once:
 *
 * <ol>
 *   <li>its context: {@code context.setAttribute(ApacheTracing.CLIENT_TRACE, trace)}
 *   <li>the {@link TraceContext} that is current where it is executed
 *   <li>{@link #clientTrace}
 *   <li>the recorder behind {@link #onTimeline}
 * </ol>
 *
 * <p><b>The connection manager.</b> Hooks of connecting need one that this builds: {@link
 * #install(HttpClientBuilder, Function)} gives you its builder, for settings of your own. With
 * another one the hooks of DNS, connecting and TLS are not called. One that is set in the client's
 * builder <em>before</em> this is installed is replaced. One that is set <em>after</em> that takes
 * those hooks away, and of a classic client most others: that is logged when it is found.
 *
 * <p><b>Threads of the classic client.</b> Hooks run on the thread that executes the request or
 * reads the response's body. A hook that blocks holds up its request and no other.
 *
 * <p><b>Threads of the asynchronous client.</b> Until the request has a connection, hooks run on
 * the thread that executes it, or on one that gives a connection back; after that on the I/O thread
 * of the connection, and {@code roundTripDone} also on a thread that cancels the request. A hook
 * that blocks there holds up <em>all</em> connections of that I/O thread, and the client has few:
 * as many as there are processors, unless its {@code IOReactorConfig} says otherwise. So hooks must
 * not block, nor wait for another request of the same client.
 *
 * <p>No lock is held. What a hook throws is logged, once for each hook of a trace, and does no
 * harm; but {@link ClientTrace#got1xxResponse} aborts the request, which then fails with a {@code
 * ClientProtocolException}, or of the asynchronous client with an {@code HttpException}, that has
 * the hook's exception in its chain of causes. It is not repeated.
 *
 * <p><b>What cannot be observed</b> is in {@link #hookSupport()} and {@link #asyncHookSupport()},
 * and in each {@linkplain Timeline#hookSupport() timeline}. {@code connWaitStart} says {@code
 * HOST_LIMIT} also if the limit for all connections is reached. With a SOCKS proxy {@code
 * connectDone} comes when the proxy has connected, and there is no {@code proxyConnectStart}; the
 * asynchronous client tells the address of the target in place of the proxy's. Connections to a
 * Unix domain socket have no hooks of connecting. A request that is repeated or authenticated on
 * the connection that it has keeps it: then there is no {@code putIdleConn}, and {@code gotConn}
 * says that the connection was not idle. The idle time that {@code gotConn} tells, and the number
 * of requests before, count traced requests only. If a proxy refuses a tunnel, its response is the
 * one that the application gets, and {@code gotResponse} tells it. A request that a cache answers
 * has no hooks at all.
 *
 * <p>Without a trace a request costs what three execution interceptors that do nothing cost: no
 * allocation of this adapter, and no reading of a clock.
 */
public final class ApacheTracing {
  /**
   * The attribute of an {@link org.apache.hc.core5.http.protocol.HttpContext} that has the trace of
   * the request that is executed with it, and of those that repeat or follow it: a {@link
   * ClientTrace}; with anything else the request fails with an {@link IllegalArgumentException}.
   */
  public static final String CLIENT_TRACE = "io.httptrace.ClientTrace";

  private final ClientTraces<HttpRequest> traces;

  private ApacheTracing(ClientTraces<HttpRequest> traces) {
    this.traces = traces;
  }

  /** {@return one for the traces of requests and of the current {@link TraceContext}} */
  public static ApacheTracing create() {
    return new ApacheTracing(ClientTraces.create(ApacheTracing.class));
  }

  /**
   * {@return one that also traces every request of the client} It replaces a trace set before.
   *
   * @param trace called once for each request, on the thread that executes it; returns its trace,
   *     or null for none. If it throws, the request fails.
   */
  public ApacheTracing clientTrace(
      Function<? super HttpRequest, ? extends @Nullable ClientTrace> trace) {
    return new ApacheTracing(traces.clientTrace(requireNonNull(trace, "trace")));
  }

  /**
   * {@return one that also passes on a timeline of every request of the client} It replaces a
   * consumer set before.
   *
   * <p>There is one timeline for each request, with all its round trips: redirects, retries and
   * authentication. It comes when the request is over: after the response's body has been read to
   * its end or closed, or when the request has failed. Then it has {@linkplain Timeline#ended()
   * ended}. There is none for a request that a cache has answered.
   *
   * @param consumer gets the timelines, several at a time if requests end at the same time. It is
   *     called on the thread that ends the request, and holds up that request while it runs; with
   *     the asynchronous client that is an I/O thread, and it must not block. Its first exception
   *     is logged.
   */
  public ApacheTracing onTimeline(Consumer<? super Timeline> consumer) {
    return new ApacheTracing(traces.onTimeline(requireNonNull(consumer, "consumer")));
  }

  /**
   * Installs this in a client that is being built, with a connection manager of default settings.
   * If one is installed already, this takes its place.
   *
   * @param builder the builder, which is changed: it gets the connection manager and three
   *     execution interceptors. An interceptor that is added as the first one after this may answer
   *     requests before they are traced.
   * @return the builder
   * @throws IllegalStateException if HttpClient is older than 5.5
   */
  public HttpClientBuilder install(HttpClientBuilder builder) {
    return install(builder, PoolingHttpClientConnectionManagerBuilder::build);
  }

  /**
   * Installs this in a client that is being built, with a connection manager of your own settings:
   *
   * <pre>{@code
   * tracing.install(HttpClients.custom(), pool -> pool.setMaxConnTotal(100).build())
   * }</pre>
   *
   * @param builder the builder, as for {@link #install(HttpClientBuilder)}
   * @param manager is called once, here, with the builder of a connection manager, whose hooks are
   *     called, and returns what it has built. It may also return another manager: then the hooks
   *     of DNS, connecting and TLS are not called, and timelines say so.
   * @return the builder
   * @throws IllegalStateException if HttpClient is older than 5.5
   */
  public HttpClientBuilder install(
      HttpClientBuilder builder,
      Function<
              ? super PoolingHttpClientConnectionManagerBuilder,
              ? extends HttpClientConnectionManager>
          manager) {
    requireNonNull(builder, "builder");
    requireNonNull(manager, "manager");
    ApacheVersion.check();
    ClassicManagerBuilder pool = new ClassicManagerBuilder();
    HttpClientConnectionManager built =
        requireNonNull(manager.apply(pool), "manager returned null");
    new ClassicTracing(traces, pool.operator()).install(builder, built);
    return builder;
  }

  /**
   * Installs this in an asynchronous client that is being built, with a connection manager of
   * default settings. If one is installed already, this takes its place.
   *
   * @param builder the builder, which is changed as the classic client's is
   * @return the builder
   * @throws IllegalStateException if HttpClient is older than 5.5
   */
  public HttpAsyncClientBuilder install(HttpAsyncClientBuilder builder) {
    return install(builder, PoolingAsyncClientConnectionManagerBuilder::build);
  }

  /**
   * Installs this in an asynchronous client that is being built, with a connection manager of your
   * own settings.
   *
   * @param builder the builder, which is changed as the classic client's is
   * @param manager as for the classic client
   * @return the builder
   * @throws IllegalStateException if HttpClient is older than 5.5
   */
  public HttpAsyncClientBuilder install(
      HttpAsyncClientBuilder builder,
      Function<
              ? super PoolingAsyncClientConnectionManagerBuilder,
              ? extends AsyncClientConnectionManager>
          manager) {
    requireNonNull(builder, "builder");
    requireNonNull(manager, "manager");
    ApacheVersion.check();
    ApacheAsyncManagerBuilder pool = new ApacheAsyncManagerBuilder();
    AsyncClientConnectionManager built =
        requireNonNull(manager.apply(pool), "manager returned null");
    new ApacheAsyncTracing(traces, built, pool.isUsed() ? Pool.BUILT : Pool.PASSED)
        .install(builder, built);
    return builder;
  }

  /**
   * {@return how well each hook is reported for the asynchronous client, with a connection manager
   * that this has built}
   */
  public static HookSupport asyncHookSupport() {
    return ApacheSupports.ofAsync(Pool.BUILT);
  }

  /**
   * {@return how well each hook is reported for the classic client, with a connection manager that
   * this has built and without a SOCKS proxy} For others see the reasons in {@link
   * Timeline#hookSupport()}.
   */
  public static HookSupport hookSupport() {
    return ApacheSupports.ofClassic(Pool.BUILT, false);
  }

  /** {@return what has been set} */
  @Override
  public String toString() {
    return "ApacheTracing[" + traces + "]";
  }
}
