package io.httptrace.client.exchange;

/**
 * The settings of exchanges. Times are in nanoseconds; each is off when it is 0.
 *
 * @param expectContinueNanos how long to wait for 100 before the body is sent
 * @param responseHeaderNanos how long to wait for the head of the response
 * @param maxInformational how many informational responses are accepted
 * @param maxHeadBytes how large the head of a response may be with the informational ones before it
 */
public record ExchangeSettings(
    long expectContinueNanos, long responseHeaderNanos, int maxInformational, long maxHeadBytes) {}
