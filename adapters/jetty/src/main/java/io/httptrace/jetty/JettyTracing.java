package io.httptrace.jetty;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.timeline.Timeline;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * Calls the hooks of {@link ClientTrace} for the requests of Jetty's {@link HttpClient}, version
 * 12.1 or newer, over HTTP/1.1 and HTTP/2. Immutable, and safe for use by several threads.
 *
 * <pre>{@code
 * HttpClient client = JettyTracing.create().install(new HttpClient());
 * client.start();
 * }</pre>
 *
 * <p>After that a request is traced if any of these has a trace. All that have one are called, in
 * this order, and the same trace only once:
 *
 * <ol>
 *   <li>the request: {@code request.attribute(JettyTracing.CLIENT_TRACE, trace)}. Do not use {@code
 *       tag}, which gives each tag connections of its own.
 *   <li>the {@link TraceContext} that is current where the request is sent
 *   <li>{@link #clientTrace}
 *   <li>the recorder behind {@link #onTimeline}
 * </ol>
 *
 * <p>Redirects, and repetitions with credentials, are round trips of the same call, with the same
 * traces.
 *
 * <p><b>Threads.</b> The hooks of a call run one after the other. If every trace of a call
 * {@linkplain ClientTrace#nonBlocking() does not block}, they run on the thread that has news: a
 * thread of Jetty's, or the one that sends the request. Otherwise they run on the {@linkplain
 * HttpClient#getExecutor() client's executor}. Jetty does not wait for hooks, but what they tell of
 * is told to the listeners of the request after them: so a hook that blocks holds up its own
 * response, and no other. No lock is held. What a hook throws is logged, once for each hook of a
 * trace, and does no harm; only what {@link ClientTrace#got1xxResponse} throws aborts the request,
 * which fails with it.
 *
 * <p><b>What cannot be observed</b> is in {@link #hookSupport()}, which each {@linkplain
 * Timeline#hookSupport() timeline} has, and in {@link #hookSupportOverHttp2()}. Jetty makes
 * connections for those who wait, and gives them to who has waited longest: a dial is told to the
 * first traced request that waits and has none yet, and another one may get its connection. The
 * idle time that {@code gotConn} tells, and the number of requests before, count traced requests,
 * and those sent on a {@code Connection}, only. {@code putIdleConn} is not called for a connection
 * that Jetty closes, nor with {@linkplain HttpClient#setStrictEventOrdering strict event ordering}.
 * {@code connWaitStart} is not called where the target may speak HTTP/2. A proxy that is spoken to
 * by HTTP/2, and a tunnel that is opened again with credentials on another connection, are not
 * told. Of a connection through a {@code Transport} other than TCP, TLS is not told. A request that
 * is sent on a {@link org.eclipse.jetty.client.Connection} is not traced. Jetty says that a request
 * is queued when another thread may have taken it already: hooks for what that has done by then are
 * called later, with the true times in their stamps, and the listeners of the request do not wait
 * for them. A request that Jetty refuses to queue, as too many wait or the client has been stopped,
 * is not told.
 *
 * <p>Without a trace a request costs no allocation and no reading of a clock, unless another thread
 * takes it before Jetty says that it is queued, or it is sent on a {@code Connection}: what that
 * does is kept as long as the request.
 */
public final class JettyTracing {
  /** The attribute of a {@link Request} that its own {@link ClientTrace} is the value of. */
  public static final String CLIENT_TRACE = "io.httptrace.ClientTrace";

  private final ClientTraces<Request> traces;

  private JettyTracing(ClientTraces<Request> traces) {
    this.traces = traces;
  }

  /** {@return one for the traces of requests and of the current {@link TraceContext}} */
  public static JettyTracing create() {
    return new JettyTracing(ClientTraces.create(JettyTracing.class));
  }

  /**
   * {@return one that also traces every request of the client} It replaces a trace set before.
   *
   * @param trace called once for each call, on the thread that sends it, with its first request;
   *     returns its trace, or null for none. If it throws, Jetty logs that, and the request is not
   *     traced.
   */
  public JettyTracing clientTrace(
      Function<? super Request, ? extends @Nullable ClientTrace> trace) {
    return new JettyTracing(traces.clientTrace(requireNonNull(trace, "trace")));
  }

  /**
   * {@return one that also passes on a timeline of every call of the client} It replaces a consumer
   * set before.
   *
   * <p>There is one timeline for each call, with all its round trips: redirects and authentication.
   * It comes when the call has ended: when the response's content has been read to its end, or when
   * the call has failed, and before the listeners of the request are told so. Then it has
   * {@linkplain Timeline#ended() ended}, but for a dial whose connection the call did not wait for.
   *
   * @param consumer gets the timelines, several at a time if calls end at the same time. It is
   *     called as a hook is, and holds up that call while it runs. Its first exception is logged.
   */
  public JettyTracing onTimeline(Consumer<? super Timeline> consumer) {
    return new JettyTracing(traces.onTimeline(requireNonNull(consumer, "consumer")));
  }

  /**
   * Installs this in a client, which must not have been started yet. It adds beans, listeners and a
   * protocol handler, and wraps the {@link HttpClient#getSocketAddressResolver() resolver} that the
   * client has when it starts. Listeners, handlers and resolvers of the application keep working.
   * The client may be stopped and started again. If one is installed already, this takes its place,
   * for requests that are sent from then on; that may be done at any time.
   *
   * @param client the client, which is changed
   * @return the client
   * @throws IllegalStateException if the client is running, or if Jetty is older than 12.1
   */
  public HttpClient install(HttpClient client) {
    requireNonNull(client, "client");
    JettyVersion.check();
    JettyInstallation.install(client, traces);
    return client;
  }

  /** {@return how well each hook is reported over HTTP/2} */
  public static HookSupport hookSupportOverHttp2() {
    return JettySupports.HTTP2;
  }

  /**
   * {@return how well each hook is reported over HTTP/1.1} Each timeline has this, as it is not
   * known when a round trip begins which protocol it will be.
   */
  public static HookSupport hookSupport() {
    return JettySupports.HTTP1;
  }

  /** {@return what has been set} */
  @Override
  public String toString() {
    return "JettyTracing[" + traces + "]";
  }
}
