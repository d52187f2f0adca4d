package io.httptrace.client.connect;

import io.httptrace.client.http2.Http2Config;

/**
 * The settings of dials. Times are in nanoseconds.
 *
 * @param connectNanos how long a dial may take, 0 for no limit
 * @param fallbackNanos how long the first address family is tried alone, negative forever
 * @param tlsNanos how long a TLS handshake may take, 0 for no limit of its own
 * @param http2 what connections of HTTP/2 are to know
 * @param userAgent what requests for a tunnel say of the client; empty for nothing
 */
public record DialSettings(
    long connectNanos, long fallbackNanos, long tlsNanos, Http2Config http2, String userAgent) {

  /** {@return how large the head of a response may be} */
  public int maxHeadBytes() {
    return http2.maxHeadBytes();
  }
}
