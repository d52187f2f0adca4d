package io.httptrace.client.exchange;

import io.httptrace.RoundTripOutcome;
import io.httptrace.client.errors.TlsException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;

/**
 * An exchange that failed before there was a response.
 *
 * @param error why
 * @param step what was being done
 * @param answered whether a byte of an answer had come
 * @param written whether anything of the request may have reached the server
 */
public record ExchangeFailure(Throwable error, Step step, boolean answered, boolean written) {

  /** What an exchange does, one after the other. */
  public enum Step {
    /** Writing the request. */
    WRITING("writing the request"),
    /** Waiting for the response, or reading its head. */
    AWAITING_RESPONSE("waiting for the response"),
    /** Reading the body of the response. */
    READING_BODY("reading the response body");

    private final String text;

    Step(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * {@return how a round trip ends that fails with an error, for hooks}
   *
   * @param error of its connection or its exchange
   */
  public static RoundTripOutcome outcomeOf(Throwable error) {
    boolean slowHandshake =
        error instanceof TlsException tls && tls.reason() == TlsException.Reason.TIMEOUT;
    if (error instanceof HttpTimeoutException || slowHandshake) {
      return RoundTripOutcome.TIMED_OUT;
    }
    return error instanceof CancellationException
        ? RoundTripOutcome.CANCELLED
        : RoundTripOutcome.FAILED;
  }
}
