package io.httptrace.apache;

import io.httptrace.ClientTrace;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The trace of a request, in its context. */
final class ApacheTraces {
  private ApacheTraces() {}

  /**
   * {@return the trace in a context; null if there is none}
   *
   * @throws IllegalArgumentException if there is something else in its place
   */
  static @Nullable ClientTrace of(HttpContext context) {
    Object trace = context.getAttribute(ApacheTracing.CLIENT_TRACE);
    if (trace == null || trace instanceof ClientTrace) {
      return (ClientTrace) trace;
    }
    throw new IllegalArgumentException(
        "the attribute "
            + ApacheTracing.CLIENT_TRACE
            + " is not a ClientTrace but a "
            + trace.getClass().getName());
  }
}
