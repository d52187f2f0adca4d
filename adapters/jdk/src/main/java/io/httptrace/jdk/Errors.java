package io.httptrace.jdk;

import io.httptrace.RoundTripOutcome;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the errors of the JDK's client mean. */
final class Errors {
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
   * {@return how a round trip ended that failed}
   *
   * @param multi whose round trip it is; null if it is not known
   */
  static RoundTripOutcome outcome(Throwable thrown, @Nullable Object multi) {
    Throwable error = of(thrown);
    if (error instanceof CancellationException || Jdk.isCancelledByCaller(multi)) {
      return RoundTripOutcome.CANCELLED;
    }
    boolean timedOut = Jdk.isCancelled(multi) && error instanceof IOException;
    return timedOut || error instanceof HttpTimeoutException
        ? RoundTripOutcome.TIMED_OUT
        : RoundTripOutcome.FAILED;
  }
}
