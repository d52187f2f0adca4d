package io.httptrace.client.exchange;

import io.httptrace.client.exchange.ExchangeFailure.Step;
import io.httptrace.client.exchange.RequestWriter.State;

/*
 * The states of a request that go with the phases of its response. This is asserted whenever one of
 * the two changes, and a test finds which occur.
 *
 *                     WRITING_HEAD  AWAITING_CONTINUE  WRITING_BODY  WRITTEN  LEFT_UNSENT  FAILED
 *   NEW                    x                                                                 (x)
 *   AWAITING_RESPONSE      x               x                x           x         (x)         x
 *   RECEIVING_HEAD         x               x                x           x         (x)         x
 *   RECEIVING_BODY         x               x                x           x          x          x
 *   RECEIVED               x               x                x           x          x          x
 *   ENDED                                                               x          x          x
 *
 * (x): only within a task that goes on to ENDED. A response may come before it is known that the
 * head of the request has been written, and be complete before the request is.
 */
/** How far the response of an exchange is. It only goes forward. */
enum ResponsePhase {
  /** Nothing of the exchange is on the connection. */
  NEW,
  /** No byte of an answer has come. */
  AWAITING_RESPONSE,
  /** A byte has come; so may have informational responses. */
  RECEIVING_HEAD,
  /** The head of the final response is there. */
  RECEIVING_BODY,
  /** All of the response is there, be it that it has not been delivered. */
  RECEIVED,
  /** The connection has been let go of. What there is of the response may still be delivered. */
  ENDED;

  /**
   * {@return what to say in an error that the exchange did}
   *
   * @param written whether the request has been written
   */
  Step step(boolean written) {
    if (!isBefore(RECEIVING_BODY)) {
      return Step.READING_BODY;
    }
    return written ? Step.AWAITING_RESPONSE : Step.WRITING;
  }

  boolean isBefore(ResponsePhase other) {
    return compareTo(other) < 0;
  }

  /** {@return whether the request can be that far} See the table. */
  boolean allows(State upload) {
    return switch (upload) {
      case WRITING_HEAD -> this != ENDED;
      case AWAITING_CONTINUE, WRITING_BODY -> this != NEW && this != ENDED;
      case WRITTEN, LEFT_UNSENT -> this != NEW;
      case FAILED -> true;
    };
  }
}
