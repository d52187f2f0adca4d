package io.httptrace.jetty;

import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Why a round trip begins, and how it ends, by what Jetty says of it. */
final class JettyOutcomes {
  private JettyOutcomes() {}

  /** {@return why another round trip follows, after a response with a status} */
  static RoundTripReason reasonAfter(int status) {
    if (status == HttpStatus.UNAUTHORIZED_401
        || status == HttpStatus.PROXY_AUTHENTICATION_REQUIRED_407) {
      return RoundTripReason.AUTHENTICATION;
    }
    return HttpStatus.isRedirection(status) ? RoundTripReason.REDIRECT : RoundTripReason.RETRY;
  }

  /**
   * {@return how it ends}
   *
   * @param failure what it has failed with; null if it has not
   * @param responded whether the head of the final response has come
   * @param running whether the client has not been stopped
   */
  static RoundTripDoneInfo of(@Nullable Throwable failure, boolean responded, boolean running) {
    return RoundTripDoneInfo.of(outcome(failure, responded, running), null, failure);
  }

  private static RoundTripOutcome outcome(
      @Nullable Throwable failure, boolean responded, boolean running) {
    if (failure == null) {
      return RoundTripOutcome.COMPLETED;
    }
    if (failure instanceof TimeoutException || failure instanceof SocketTimeoutException) {
      return RoundTripOutcome.TIMED_OUT;
    }
    if (failure instanceof CancellationException || failure instanceof InterruptedException) {
      return RoundTripOutcome.CANCELLED;
    }
    // It is what Jetty's own listeners abort a response with that the application closes.
    boolean closed = failure instanceof AsynchronousCloseException;
    return closed && responded && running ? RoundTripOutcome.ABANDONED : RoundTripOutcome.FAILED;
  }
}
