package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.ResponseCancellationException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.ResponseCompleteException;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.CancelledSubscriptionException;
import com.linecorp.armeria.common.util.Exceptions;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.netty.channel.ConnectTimeoutException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What Armeria's exceptions mean. */
final class ArmeriaErrors {
  private ArmeriaErrors() {}

  /** {@return an error without what Armeria wraps it in before a request has a connection} */
  static Throwable peel(Throwable error) {
    Throwable peeled = Exceptions.peel(error);
    Throwable cause = peeled.getCause();
    return peeled instanceof UnprocessedRequestException && cause != null ? cause : peeled;
  }

  /**
   * {@return how a round trip has ended}
   *
   * @param failure what the consumer of the response gets; null if it has read it to its end
   * @param status the status of the response; 0 if there was none
   */
  static RoundTripDoneInfo outcome(
      ClientRequestContext ctx, RequestLog log, @Nullable Throwable failure, int status) {
    Throwable error = log.responseCause();
    if (error == null) {
      error = failure != null ? Exceptions.peel(failure) : status == 0 ? log.requestCause() : null;
    }
    if (error == null || peel(error) instanceof ResponseCompleteException) {
      return RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null);
    }
    RoundTripOutcome outcome = outcome(ctx, peel(error), status);
    return RoundTripDoneInfo.of(
        outcome, null, outcome == RoundTripOutcome.ABANDONED ? null : error);
  }

  private static RoundTripOutcome outcome(ClientRequestContext ctx, Throwable error, int status) {
    if (error instanceof TimeoutException
        || error instanceof ConnectTimeoutException
        || ctx.isTimedOut()) {
      return RoundTripOutcome.TIMED_OUT;
    }
    boolean dropped =
        error instanceof CancelledSubscriptionException || error instanceof AbortedStreamException;
    if (dropped && status != 0) {
      return RoundTripOutcome.ABANDONED;
    }
    return dropped
            || error instanceof ResponseCancellationException
            || error instanceof CancellationException
        ? RoundTripOutcome.CANCELLED
        : RoundTripOutcome.FAILED;
  }
}
