package io.httptrace.client;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceCarrier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An {@link HttpRequest} that carries a trace, or consumers of its timelines.
 *
 * <p><b>Only a {@link TracingHttpClient} fires the trace's hooks and makes timelines,</b> and the
 * JDK's client if an adapter traces it. Any other client sends it like the request it wraps: no
 * hook is called and no warning is logged. A {@code BodyHandler} or a decorator that makes a new
 * request from it drops the trace too. It is as immutable as the wrapped request, and may be sent
 * several times: then the trace gets the hooks of all of them.
 */
public final class TracedRequest extends HttpRequest implements TraceCarrier {
  private final HttpRequest request;
  private final TraceContext context;
  private final List<Consumer<? super Timeline>> consumers;

  private TracedRequest(
      HttpRequest request, TraceContext context, List<Consumer<? super Timeline>> consumers) {
    this.request = request;
    this.context = context;
    this.consumers = consumers;
  }

  /**
   * {@return a request like the given one, with a trace} If the given one has a trace already, both
   * are called, the new one first.
   *
   * @param request the request
   * @param trace the trace
   */
  public static HttpRequest of(HttpRequest request, ClientTrace trace) {
    requireNonNull(request, "request");
    requireNonNull(trace, "trace");
    TracedRequest old = traced(request);
    return new TracedRequest(old.request, old.context.withClientTrace(trace), old.consumers);
  }

  /**
   * {@return a request like the given one, with a consumer that gets the timeline when a call that
   * sends it is over} Consumers and traces that the given one has already are kept.
   *
   * <p>{@link TracingHttpClientBuilder#onTimeline}, which does the same for all requests of a
   * client, says when and on which thread. A request that is sent several times has several
   * timelines.
   *
   * @param request the request
   * @param consumer gets the timeline
   */
  public static HttpRequest onTimeline(HttpRequest request, Consumer<? super Timeline> consumer) {
    requireNonNull(request, "request");
    requireNonNull(consumer, "consumer");
    TracedRequest old = traced(request);
    List<Consumer<? super Timeline>> more = new ArrayList<>(old.consumers);
    more.add(TimelineListener.of(consumer)); // which logs the first exception only
    return new TracedRequest(old.request, old.context, List.copyOf(more));
  }

  private static TracedRequest traced(HttpRequest request) {
    if (request instanceof TracedRequest traced) {
      return traced;
    }
    return request instanceof TraceCarrier carrier
        ? new TracedRequest(request, carrier.traceContext(), carrier.timelineConsumers())
        : new TracedRequest(request, TraceContext.empty(), List.of());
  }

  /** {@return the trace a request carries, or null} */
  static @Nullable ClientTrace traceOf(HttpRequest request) {
    return request instanceof TraceCarrier carrier ? carrier.traceContext().clientTrace() : null;
  }

  /** {@return the consumers for the timelines of a request; unmodifiable} */
  static List<Consumer<? super Timeline>> consumersOf(HttpRequest request) {
    return request instanceof TraceCarrier carrier ? carrier.timelineConsumers() : List.of();
  }

  @Override
  public TraceContext traceContext() {
    return context;
  }

  @Override
  public List<Consumer<? super Timeline>> timelineConsumers() {
    return consumers;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return request.bodyPublisher();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public Optional<Duration> timeout() {
    return request.timeout();
  }

  @Override
  public boolean expectContinue() {
    return request.expectContinue();
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return request.version();
  }

  @Override
  public HttpHeaders headers() {
    return request.headers();
  }

  @Override
  public String toString() {
    return request.toString();
  }
}
