package io.httptrace.timeline;

/** The phases of a round trip, in the order in which they can happen. */
public enum PhaseKind {
  /** Waiting for the pool: a host limit, a stream limit, or another request's dial. */
  QUEUE,
  /** Looking up a host name. */
  DNS,
  /** One attempt to connect to one address. */
  CONNECT,
  /** The TLS handshake with an HTTPS proxy. */
  PROXY_TLS,
  /** Asking a proxy for a tunnel. */
  PROXY_CONNECT,
  /** The TLS handshake with the target. */
  TLS,
  /** Sending the request: from the connection obtained to the last byte handed over. */
  REQUEST,
  /** Waiting for the first byte of the response, after the request has been sent. */
  WAIT,
  /** Receiving the response: from its first byte to its end. */
  RESPONSE
}
