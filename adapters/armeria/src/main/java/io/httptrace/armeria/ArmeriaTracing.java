package io.httptrace.armeria;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.client.AbstractClientOptionsBuilder;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.ClientFactoryOptions;
import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.HttpClient;
import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.timeline.Timeline;
import io.netty.util.AttributeKey;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the hooks of {@link ClientTrace} for the requests of Armeria's clients, version 1.35 or
 * newer. Immutable, and safe for use by several threads.
 *
 * <pre>{@code
 * ArmeriaTracing tracing = ArmeriaTracing.create();
 * ClientFactory factory = tracing.install(ClientFactory.builder()).build();
 * WebClient client = tracing.install(WebClient.builder().factory(factory)).build();
 * }</pre>
 *
 * <p>After that a request is traced if any of these has a trace. All that have one are called, in
 * this order, and the same trace only once:
 *
 * <ol>
 *   <li>its context, as the attribute {@link #CLIENT_TRACE}
 *   <li>the {@link TraceContext} that is current where the request is made
 *   <li>{@link #clientTrace}
 *   <li>the recorder behind {@link #onTimeline}
 * </ol>
 *
 * <p><b>Threads.</b> The first hooks run on the thread that makes the request, all others on the
 * event loop of its connection: what Armeria says of its own listeners holds for them too. A hook
 * that blocks holds up all requests of that event loop, so a hook that may block should hand its
 * work over to another thread. A hook may send requests, but not wait for them. No lock is held.
 * What a hook throws is logged, once for each hook of a trace, and does no harm; {@link
 * ClientTrace#got1xxResponse} aborts the request.
 *
 * <p><b>What cannot be observed</b> is in {@link #hookSupport()}, and in each {@linkplain
 * Timeline#hookSupport() timeline}. Armeria looks a name up before it asks its pool: {@code
 * dnsStart} and {@code dnsDone} are called for each request to a name, with the one address that is
 * used, also where the answer is in Armeria's cache and the connection in its pool. A lookup that
 * its request does not wait for any more ends with the request's error; a dial goes on, and its
 * hooks may follow {@code roundTripDone}. The idle time that {@code gotConn} tells, and the number
 * of requests before, count traced requests only.
 *
 * <p>Without a trace a request costs no allocation and no reading of a clock.
 */
public final class ArmeriaTracing {
  /**
   * The attribute that has the trace of one request: {@code client.prepare().get("/").attr(
   * ArmeriaTracing.CLIENT_TRACE, trace)}, or {@code RequestOptions.builder().attr(..)}. It may also
   * be set for a {@code ServiceRequestContext}: then it is the trace of all requests that are made
   * in it.
   */
  public static final AttributeKey<ClientTrace> CLIENT_TRACE =
      AttributeKey.valueOf(ArmeriaTracing.class, "CLIENT_TRACE");

  private final ClientTraces<ClientRequestContext> traces;

  private ArmeriaTracing(ClientTraces<ClientRequestContext> traces) {
    this.traces = traces;
  }

  /**
   * {@return one for the traces of requests and of the current {@link TraceContext}}
   *
   * @throws IllegalStateException if Armeria is older than 1.35
   */
  public static ArmeriaTracing create() {
    ArmeriaVersion.check();
    return new ArmeriaTracing(ClientTraces.create(ArmeriaTracing.class));
  }

  /**
   * {@return one that also traces every request of a client} It replaces a trace set before.
   *
   * @param trace called once for each request, and again if it returned null and the request is
   *     redirected or repeated; on the thread that makes the request, or on an event loop; returns
   *     its trace, or null for none. If it throws, the request fails.
   */
  public ArmeriaTracing clientTrace(
      Function<? super ClientRequestContext, ? extends @Nullable ClientTrace> trace) {
    return new ArmeriaTracing(traces.clientTrace(trace));
  }

  /**
   * {@return one that also passes on a timeline of every request of a client} It replaces a
   * consumer set before.
   *
   * <p>There is one timeline for each request, with all its round trips: redirects, and the
   * attempts of a {@code RetryingClient}. It comes when the request's log is complete and its
   * response has been consumed, or when the request has failed. Then it has {@linkplain
   * Timeline#ended() ended}, but a dial that the request does not wait for may not have.
   *
   * @param consumer gets the timelines, several at a time if requests end at the same time. It is
   *     called on the thread that ends the request, mostly an event loop: it must not block. Its
   *     first exception is logged.
   */
  public ArmeriaTracing onTimeline(Consumer<? super Timeline> consumer) {
    return new ArmeriaTracing(traces.onTimeline(consumer));
  }

  /**
   * Prepares a factory that is being built, so that hooks of lookups, dials and proxies are called
   * when things happen. For clients of other factories they are called later, from Armeria's
   * timings, and those of proxies are not called. It does not matter by which tracing a factory is
   * prepared.
   *
   * <p>This sets {@link ClientFactoryOptions#ADDRESS_RESOLVER_GROUP_FACTORY} and {@link
   * ClientFactoryOptions#CHANNEL_PIPELINE_CUSTOMIZER}. A builder does not say what is set in it: do
   * not set these two yourself, neither before nor after, but pass them to {@link
   * #install(ClientFactoryBuilder, ClientFactoryOptions)}.
   *
   * @param builder the builder, which is changed
   * @return the builder
   * @throws IllegalStateException if a {@code domainNameResolverCustomizer} has been set
   */
  public ClientFactoryBuilder install(ClientFactoryBuilder builder) {
    return install(builder, ClientFactoryOptions.of());
  }

  /**
   * Prepares a factory like {@link #install(ClientFactoryBuilder)}, and sets options in it.
   *
   * @param builder the builder, which is changed
   * @param options your options; a resolver and a pipeline customizer among them keep working
   * @return the builder
   * @throws IllegalStateException if a {@code domainNameResolverCustomizer} has been set
   */
  public ClientFactoryBuilder install(ClientFactoryBuilder builder, ClientFactoryOptions options) {
    requireNonNull(builder, "builder");
    ArmeriaFactoryHooks.install(builder, requireNonNull(options, "options"));
    return builder;
  }

  /**
   * Installs this in a client that is being built, of any kind: adds {@link #newDecorator()}, and a
   * context customizer that takes the current {@link TraceContext} along to where the request is
   * sent. Call it before you add other decorators: of what they repeat or answer themselves you see
   * then what has been sent. Of two that are installed the one added last counts.
   *
   * @param builder the builder of a {@code WebClient}, of another client, or of client options; it
   *     is changed
   * @param <B> its type
   * @return the builder
   */
  public <B extends AbstractClientOptionsBuilder> B install(B builder) {
    requireNonNull(builder, "builder");
    builder.contextCustomizer(ArmeriaTracing::takeAlong);
    builder.decorator(newDecorator());
    return builder;
  }

  private static void takeAlong(ClientRequestContext ctx) {
    ClientTrace current = TraceContext.current().clientTrace();
    if (current != null) {
      ctx.setAttr(ArmeriaCall.SENT_IN, current);
    }
  }

  /**
   * {@return the decorator alone, for {@code decorator(..)} of a client's builder} With it, the
   * {@link TraceContext} counts that is current where the decorators run. That is where the request
   * is made, unless its endpoint has to be waited for or redirects are followed.
   */
  public Function<? super HttpClient, ? extends HttpClient> newDecorator() {
    return delegate -> new ArmeriaTracingClient(delegate, traces);
  }

  /**
   * {@return how well each hook is reported for a client whose {@link ClientFactory} is prepared,
   * sets its proxy or has none, and prefers HTTP/1.1} For others see the reasons in {@link
   * Timeline#hookSupport()}.
   */
  public static HookSupport hookSupport() {
    return ArmeriaSupports.usual(true);
  }

  @Override
  public String toString() {
    return "ArmeriaTracing[" + traces + "]";
  }
}
