package io.httptrace.client.pool;

import io.httptrace.ClientTrace;
import io.httptrace.client.hooks.RequestTrace;

/** Whether requests are traced. A pool gives both the same connections. */
enum Requests {
  TRACED,
  UNTRACED;

  /** {@return what a connection is asked for with} */
  RequestTrace trace(ClientTrace trace) {
    return this == TRACED ? RequestTrace.of(RequestTrace.ofCall(trace), 1) : RequestTrace.NONE;
  }
}
