package io.httptrace.client.http2;

import io.httptrace.client.concurrent.Clock;

/**
 * What connections of HTTP/2 are to know. Times are in nanoseconds.
 *
 * @param clock sets timers
 * @param maxHeadBytes how large the head of a response may be
 * @param pingIntervalNanos how long a connection with requests under way may be silent before it is
 *     asked whether it is alive; 0 forever
 * @param pingTimeoutNanos how long the answer to that may take
 */
public record Http2Config(
    Clock clock, int maxHeadBytes, long pingIntervalNanos, long pingTimeoutNanos) {}
