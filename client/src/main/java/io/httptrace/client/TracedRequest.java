package io.httptrace.client;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An {@link HttpRequest} that carries a trace.
 *
 * <p>A {@link TracingHttpClient} fires the trace's hooks for it; any other client sends it as the
 * request it wraps. It is as immutable as that request, and may be sent several times: then the
 * trace gets the hooks of all of them.
 */
public final class TracedRequest extends HttpRequest {
  private final HttpRequest request;
  private final TraceContext context;

  private TracedRequest(HttpRequest request, TraceContext context) {
    this.request = request;
    this.context = context;
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
    if (request instanceof TracedRequest traced) {
      return new TracedRequest(traced.request, traced.context.withClientTrace(trace));
    }
    return new TracedRequest(request, TraceContext.empty().withClientTrace(trace));
  }

  /** {@return the trace a request carries, or null} */
  static @Nullable ClientTrace traceOf(HttpRequest request) {
    return request instanceof TracedRequest traced ? traced.context.clientTrace() : null;
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
