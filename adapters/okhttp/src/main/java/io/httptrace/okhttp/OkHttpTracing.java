package io.httptrace.okhttp;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.timeline.Timeline;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.SocketFactory;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Calls the hooks of {@link ClientTrace} for the calls of an {@link OkHttpClient}, version 5.4 or
 * newer. Immutable, and safe for use by several threads.
 *
 * <pre>{@code
 * OkHttpClient client = OkHttpTracing.create().install(new OkHttpClient.Builder()).build();
 * }</pre>
 *
 * <p>After that a call is traced if any of these has a trace. All that have one are called, in this
 * order, and the same trace only once:
 *
 * <ol>
 *   <li>its request: {@code request.newBuilder().tag(ClientTrace.class, trace)}
 *   <li>the {@link TraceContext} that is current where the call is executed or enqueued. Make the
 *       call ({@code newCall}) inside it too: OkHttp asks only then who listens.
 *   <li>{@link #clientTrace}
 *   <li>the recorder behind {@link #onTimeline}
 * </ol>
 *
 * <p><b>Threads.</b> Hooks run on the thread that executes the call or reads the response's body,
 * and those of connecting on OkHttp's thread for that attempt. A hook that blocks holds up its call
 * and no other. No lock is held. What a hook throws is logged, once for each hook of a trace, and
 * does no harm; {@link ClientTrace#got1xxResponse}, which could abort a request, is never called.
 *
 * <p><b>What cannot be observed</b> is in {@link #hookSupport()}, and in each {@linkplain
 * Timeline#hookSupport() timeline}. The idle time that {@code gotConn} tells, and the number of
 * requests before, count traced calls only. A call keeps its connection while it is redirected to
 * the same host: then there is no {@code putIdleConn}, and {@code gotConn} says that the connection
 * was not idle. {@code putIdleConn} is not called for a connection that OkHttp closes. A call that
 * is answered from OkHttp's cache has no hooks at all. {@code roundTripDone} says {@code COMPLETED}
 * for a body that was closed early if its length was not known.
 *
 * <p>Without a trace a call costs no allocation and no reading of a clock.
 */
public final class OkHttpTracing {
  private final ClientTraces<Request> traces;

  private OkHttpTracing(ClientTraces<Request> traces) {
    this.traces = traces;
  }

  /** {@return one for the traces of requests and of the current {@link TraceContext}} */
  public static OkHttpTracing create() {
    return new OkHttpTracing(ClientTraces.create(OkHttpTracing.class));
  }

  /**
   * {@return one that also traces every call of the client} It replaces a trace set before.
   *
   * @param trace called once for each call, and again if it returned null and an interceptor
   *     repeats the request; on the thread that executes it, with the request as it is where this
   *     is {@linkplain #install installed}; returns its trace, or null for none. If it throws, the
   *     call fails.
   */
  public OkHttpTracing clientTrace(
      Function<? super Request, ? extends @Nullable ClientTrace> trace) {
    return new OkHttpTracing(traces.clientTrace(trace));
  }

  /**
   * {@return one that also passes on a timeline of every call of the client} It replaces a consumer
   * set before.
   *
   * <p>There is one timeline for each call, with all its round trips: redirects, retries and
   * authentication. It comes when the call has ended: after the response's body has been read to
   * its end or closed, or when the call has failed. Then it has {@linkplain Timeline#ended()
   * ended}, but attempts to connect that lost a race may not have. A WebSocket's call is over with
   * the response of its handshake. There is none for a call that is answered from the cache.
   *
   * @param consumer gets the timelines, several at a time if calls end at the same time. It is
   *     called on the thread that ends the call, and holds up that call while it runs. Its first
   *     exception is logged.
   */
  public OkHttpTracing onTimeline(Consumer<? super Timeline> consumer) {
    return new OkHttpTracing(traces.onTimeline(consumer));
  }

  /**
   * Installs this in a client that is being built: adds an interceptor, which should be the last
   * one, so that a call that another interceptor answers is not traced; sets the {@link
   * SocketFactory}, unless the client has one of its own; and wraps the {@link
   * EventListener.Factory}. Listeners keep working. A client that is made by {@code newBuilder()}
   * of the one that is built has it too. If one is installed already, this takes its place.
   *
   * <p>If a socket factory is set, {@code connectDone} is approximate. If an event listener or
   * factory is set after this, the current {@link TraceContext} counts for {@code execute} only;
   * for a WebSocket it never counts, because OkHttp takes the listeners off: tag its request.
   *
   * @param builder the builder, which is changed
   * @return the builder
   * @throws IllegalStateException if OkHttp is older than 5.4
   */
  public OkHttpClient.Builder install(OkHttpClient.Builder builder) {
    requireNonNull(builder, "builder");
    OkHttpVersion.check();
    builder.interceptors().removeIf(TracingInterceptor.class::isInstance);
    // A builder does not say what is set in it; a client does.
    OkHttpClient set = builder.build();
    if (set.socketFactory() == SocketFactory.getDefault()) {
      builder.socketFactory(TimedSocketFactory.INSTANCE);
    }
    builder.eventListenerFactory(SentInContext.factory(set.eventListenerFactory()));
    return builder.addInterceptor(new TracingInterceptor(traces));
  }

  /**
   * {@return how well each hook is reported for a client that has set its proxy, or none, and that
   * has no socket factory of its own} For others see the reasons in {@link Timeline#hookSupport()}.
   */
  public static HookSupport hookSupport() {
    return Supports.of(true, true);
  }

  @Override
  public String toString() {
    return "OkHttpTracing[" + traces + "]";
  }
}
