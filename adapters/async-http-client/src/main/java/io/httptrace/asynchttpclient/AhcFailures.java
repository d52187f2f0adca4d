package io.httptrace.asynchttpclient;

import io.httptrace.RoundTripOutcome;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** What the exceptions of AsyncHttpClient mean. */
final class AhcFailures {
  private AhcFailures() {}

  /** {@return how a round trip has ended that failed with an exception} */
  static RoundTripOutcome outcome(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof CancellationException) {
        return RoundTripOutcome.CANCELLED;
      }
      if (e instanceof TimeoutException
          || e instanceof ConnectTimeoutException
          || e instanceof SslHandshakeTimeoutException) {
        return RoundTripOutcome.TIMED_OUT;
      }
    }
    return RoundTripOutcome.FAILED;
  }
}
