package io.httptrace.client.call;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.exchange.ExchangeFailure;
import io.httptrace.client.request.RequestSnapshot;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;

/**
 * Go's rules for sending a request once more: only if it was sent on a connection that had been
 * used before and then turned out to be dead, before a byte of an answer; or if the server has said
 * that it has not processed the request, as HTTP/2 can. How often, and after which pauses, is in
 * {@link Retries}.
 */
final class RetryPolicy {
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private RetryPolicy() {}

  static boolean retries(RequestSnapshot request, ExchangeFailure failure, boolean reused) {
    if (isUnprocessed(failure.error())) {
      return true;
    }
    return reused
        && !failure.answered()
        && connectionDied(failure.error())
        && (!failure.written() || mayBeRepeated(request));
  }

  /** RFC 9113, section 8.7. */
  static boolean isUnprocessed(Throwable error) {
    return error instanceof Http2Exception http2 && http2.unprocessed();
  }

  private static boolean connectionDied(Throwable error) {
    return error instanceof EOFException
        || error instanceof SocketException
        || error instanceof ClosedChannelException;
  }

  /** The JDK's property for those who know their servers. */
  private static boolean allMethodsAreRepeated() {
    String all = System.getProperty("jdk.httpclient.enableAllMethodRetry");
    return all != null && (all.isEmpty() || Boolean.parseBoolean(all));
  }

  /** {@return whether it does no harm if the server gets it twice} */
  static boolean mayBeRepeated(RequestSnapshot request) {
    return REPEATABLE.contains(request.method())
        || allMethodsAreRepeated()
        || request.headers().firstValue("Idempotency-Key").isPresent()
        || request.headers().firstValue("X-Idempotency-Key").isPresent();
  }
}
