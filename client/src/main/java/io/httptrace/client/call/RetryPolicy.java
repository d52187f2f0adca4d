package io.httptrace.client.call;

import io.httptrace.client.exchange.ExchangeFailure;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;

/**
 * Go's rules for sending a request once more: only if it was sent on a connection that had been
 * used before and then turned out to be dead, before a byte of an answer.
 */
final class RetryPolicy {
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private RetryPolicy() {}

  static boolean retries(RequestSnapshot request, ExchangeFailure failure, boolean reused) {
    return reused
        && !failure.answered()
        && connectionDied(failure.error())
        && (!failure.written() || mayBeRepeated(request));
  }

  private static boolean connectionDied(Throwable error) {
    return error instanceof EOFException
        || error instanceof SocketException
        || error instanceof ClosedChannelException;
  }

  private static boolean mayBeRepeated(RequestSnapshot request) {
    return REPEATABLE.contains(request.method())
        || request.headers().firstValue("Idempotency-Key").isPresent()
        || request.headers().firstValue("X-Idempotency-Key").isPresent();
  }
}
