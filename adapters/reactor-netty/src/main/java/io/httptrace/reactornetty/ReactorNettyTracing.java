package io.httptrace.reactornetty;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.timeline.Timeline;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;

/**
 * Calls the hooks of {@link ClientTrace} for the calls of Reactor Netty's {@link HttpClient},
 * version 1.2 or newer, and of what is built on it, such as Spring's {@code WebClient}. Immutable,
 * and safe for use by several threads.
 *
 * <pre>{@code
 * HttpClient client = ReactorNettyTracing.create().install(HttpClient.create());
 * }</pre>
 *
 * <p>After that a call is traced if any of these has a trace. All that have one are called, in this
 * order, and the same trace only once:
 *
 * <ol>
 *   <li>its Reactor context: {@code contextWrite(context -> context.put(ClientTrace.class, trace))}
 *       on what {@code response()} and the like return. A request that is sent while this response
 *       is read is sent in the same context.
 *   <li>the {@link TraceContext} that is current on the thread that subscribes
 *   <li>{@link #clientTrace}
 *   <li>the recorder behind {@link #onTimeline}
 * </ol>
 *
 * <p>Each subscription is a call: if an operator such as {@code retry} subscribes again, that is
 * another one.
 *
 * <p><b>Threads.</b> The hooks of a call run one after the other. If every trace of a call
 * {@linkplain ClientTrace#nonBlocking() does not block}, they run on the thread that has news:
 * mostly the event loop of the connection. Otherwise they run on {@link
 * reactor.core.scheduler.Schedulers#boundedElastic()}. Reactor Netty does not wait for hooks, but
 * what they tell of reaches the caller after them, unless the connection ends meanwhile: so a hook
 * that blocks holds up its own response, and no other, as long as those threads are not all
 * blocked. No lock is held. What a hook throws is logged, once for each hook of a trace, and does
 * no harm; only what {@link ClientTrace#got1xxResponse} throws aborts the request.
 *
 * <p><b>What cannot be observed</b> is in {@link #hookSupport()}, and in each {@linkplain
 * Timeline#hookSupport() timeline}. {@code dnsDone} has the first address only. The idle time that
 * {@code gotConn} tells, and the number of requests before, count traced calls only. {@code
 * putIdleConn} is called when the response has been read, just before Reactor Netty gives the
 * connection back: if the pool then drops it, for its age for instance, that is not told. Reactor
 * Netty asks for the connection of a redirect before it has given back the one before. It takes an
 * informational response other than 100 for the final one, and so {@code gotResponse} follows
 * {@code got1xxResponse}. It goes on with a dial whose call was cancelled; the hooks do not. After
 * an upgrade to HTTP/2 in clear text the hooks of the response are called when its head has been
 * read. Over HTTP/3, which is not tested, hooks of connections and of writing are not called.
 *
 * <p>Without a trace a call costs two steps in Reactor's chain of operators, and no reading of a
 * clock.
 */
public final class ReactorNettyTracing {
  /** The same for all: the pool of connections is chosen by it, too. */
  private static final ChannelPipelineConfigurer INITIALIZER = ReactorConnections::initialize;

  private final ClientTraces<HttpClientConfig> traces;

  /** Whether any call may have a trace, not only one that brings it. */
  private final boolean all;

  private ReactorNettyTracing(ClientTraces<HttpClientConfig> traces, boolean all) {
    this.traces = traces;
    this.all = all;
  }

  /** {@return one for the traces of the Reactor context and of the current {@link TraceContext}} */
  public static ReactorNettyTracing create() {
    return new ReactorNettyTracing(ClientTraces.create(ReactorNettyTracing.class), false);
  }

  /**
   * {@return one that also traces every call of the client} It replaces a trace set before.
   *
   * @param trace called once for each call, on the thread that subscribes, with the configuration
   *     of the request (its method, its URI, unless that is a {@code Mono}, and the fields that are
   *     set before it is sent); returns its trace, or null for none. If it throws, the call fails.
   */
  public ReactorNettyTracing clientTrace(
      Function<? super HttpClientConfig, ? extends @Nullable ClientTrace> trace) {
    return new ReactorNettyTracing(traces.clientTrace(requireNonNull(trace, "trace")), true);
  }

  /**
   * {@return one that also passes on a timeline of every call of the client} It replaces a consumer
   * set before.
   *
   * <p>There is one timeline for each call, with all its round trips: redirects, retries and
   * authentication. It comes when the call has ended: when the response's body has been read from
   * the connection, which may be before the caller has got all of it; or when the call has failed
   * or is cancelled. Then it has {@linkplain Timeline#ended() ended}. A WebSocket's call is over
   * with the response of its handshake.
   *
   * @param consumer gets the timelines, several at a time if calls end at the same time. It is
   *     called where the hooks of the call run, so it must not block unless a trace of the call
   *     may. Its first exception is logged.
   */
  public ReactorNettyTracing onTimeline(Consumer<? super Timeline> consumer) {
    return new ReactorNettyTracing(traces.onTimeline(requireNonNull(consumer, "consumer")), true);
  }

  /**
   * Installs this in a client: adds to what the client does on connect, on lookups and on new
   * connections. What is set already keeps working. Clients that are made of the returned one have
   * it too. If one is installed already, this takes its place.
   *
   * <p>Do this once for a client, not for each request. The returned client shares connections with
   * others that this is installed in, if they share a {@code ConnectionProvider} and are configured
   * alike, and not with the client that is passed.
   *
   * @param client the client, which is not changed
   * @return the client that is traced
   * @throws IllegalStateException if Reactor Netty is older than 1.2
   */
  public HttpClient install(HttpClient client) {
    requireNonNull(client, "client");
    ReactorNettyVersion.check();
    return client
        .mapConnect(source -> new ReactorTracedConnect(source, traces, all))
        .doOnConnect(ReactorCall::configured)
        .doOnChannelInit(INITIALIZER)
        .observe(ReactorConnections.OBSERVER)
        .doOnResolve(ReactorConnections::lookupStarts)
        .doAfterResolve((made, first) -> ReactorConnections.lookupEnds(made, first, null))
        .doOnResolveError((made, error) -> ReactorConnections.lookupEnds(made, null, error));
  }

  /** {@return how well each hook is reported over HTTP/1.1} */
  public static HookSupport hookSupport() {
    return ReactorHookSupport.HTTP1;
  }

  /** {@return how well each hook is reported for a client that may speak HTTP/2} */
  public static HookSupport hookSupportOverHttp2() {
    return ReactorHookSupport.HTTP2;
  }

  @Override
  public String toString() {
    return traces.toString().replace("ClientTraces", "ReactorNettyTracing");
  }
}
