package io.httptrace.jdk;

import io.httptrace.RoundTripOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the errors of the JDK's client mean. */
final class Errors {
  /** What {@code Http1AsyncReceiver} says. */
  private static final String SUBSCRIPTION_CANCELLED = "subscription cancelled";

  private Errors() {}

  /** {@return the error that a future failed with} */
  static Throwable of(Throwable thrown) {
    Throwable error = thrown;
    while (error instanceof CompletionException) {
      Throwable cause = error.getCause();
      if (cause == null) {
        break;
      }
      error = cause;
    }
    return error;
  }

  /**
   * {@return whether a read has failed only because the body's subscriber wants no more of it} The
   * client reports that to itself as an error, perhaps before it stops to read.
   */
  static boolean endedBySubscriber(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (SUBSCRIPTION_CANCELLED.equals(t.getMessage())) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return how a round trip ended that failed}
   *
   * @param multi whose round trip it is; null if it is not known
   */
  static RoundTripOutcome outcome(Throwable thrown, @Nullable Object multi) {
    Throwable error = of(thrown);
    // Without the agent the client cannot be read, and must not be tried to: that is tried once.
    boolean cancelled = multi != null && Jdk.isCancelledByCaller(multi);
    if (cancelled || error instanceof CancellationException) {
      return RoundTripOutcome.CANCELLED;
    }
    boolean timedOut = multi != null && Jdk.isCancelled(multi) && error instanceof IOException;
    return timedOut || error instanceof HttpTimeoutException
        ? RoundTripOutcome.TIMED_OUT
        : RoundTripOutcome.FAILED;
  }

  /**
   * {@return the error of a phase that was under way} The client stops it with an error of any type
   * when a limit has run out or the caller has cancelled; the type says so here.
   */
  static Throwable ofPhase(Throwable thrown, @Nullable Object multi) {
    Throwable error = of(thrown);
    return switch (outcome(error, multi)) {
      case CANCELLED -> error instanceof CancellationException ? error : cancelled(error);
      case TIMED_OUT -> error instanceof HttpTimeoutException ? error : timedOut(error);
      default -> error;
    };
  }

  private static Throwable cancelled(Throwable cause) {
    CancellationException error = new CancellationException("the request has been cancelled");
    error.initCause(cause);
    return error;
  }

  private static Throwable timedOut(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    HttpTimeoutException error =
        cause instanceof ConnectException
            ? new HttpConnectTimeoutException(message)
            : new HttpTimeoutException(message);
    error.initCause(cause);
    return error;
  }
}
