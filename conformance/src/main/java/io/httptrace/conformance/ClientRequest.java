package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.body.RequestBody;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to be sent.
 *
 * @param method the method
 * @param uri the target, {@code http} or {@code https}
 * @param headers the fields the caller sets, in order; a name can occur several times
 * @param body the body, or null for none
 * @param expectContinue whether to send {@code Expect: 100-continue} (RFC 9110, section 10.1.1)
 * @param timeout the time limit for the whole request with its response, or null for none
 * @param traces the traces, in the order in which to register them; never empty
 */
public record ClientRequest(
    String method,
    URI uri,
    List<Header> headers,
    @Nullable RequestBody body,
    boolean expectContinue,
    @Nullable Duration timeout,
    List<ClientTrace> traces) {

  /**
   * A field the caller sets.
   *
   * @param name its name
   * @param value its value
   */
  public record Header(String name, String value) {}

  /** Checks the components. */
  public ClientRequest {
    requireNonNull(method, "method");
    requireNonNull(uri, "uri");
    headers = List.copyOf(headers);
    traces = List.copyOf(traces);
    if (traces.isEmpty()) {
      throw new IllegalArgumentException("traces is empty");
    }
  }

  /** {@return all traces composed into one, for a client that takes one} */
  public ClientTrace trace() {
    TraceContext context = TraceContext.empty();
    for (ClientTrace trace : traces) {
      context = context.withClientTrace(trace);
    }
    return requireNonNull(context.clientTrace());
  }
}
