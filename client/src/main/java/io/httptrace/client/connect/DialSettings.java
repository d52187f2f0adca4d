package io.httptrace.client.connect;

/**
 * The settings of dials. Times are in nanoseconds.
 *
 * @param connectNanos how long a dial may take, 0 for no limit
 * @param fallbackNanos how long the first address family is tried alone, negative for ever
 * @param tlsNanos how long a TLS handshake may take, 0 for no limit of its own
 * @param maxHeadBytes how large the head of a response may be
 * @param userAgent what requests for a tunnel say of the client; empty for nothing
 */
public record DialSettings(
    long connectNanos, long fallbackNanos, long tlsNanos, int maxHeadBytes, String userAgent) {}
