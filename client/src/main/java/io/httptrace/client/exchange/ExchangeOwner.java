package io.httptrace.client.exchange;

import io.httptrace.client.body.Delivery;
import io.httptrace.client.http.ResponseHead;

/** Whose exchange it is. All methods are called on the strand. */
public interface ExchangeOwner {

  /**
   * Takes the response. Must not throw.
   *
   * @param head its head
   * @return how its body is delivered
   */
  Delivery respond(ResponseHead head);

  /**
   * {@return whether the connection is the owner's, who closes it, if the server switches on it to
   * another protocol (101)}
   */
  boolean takesConnection();

  /**
   * There will be no response. The round trip is over by then.
   *
   * @param failure why
   */
  void failed(ExchangeFailure failure);

  /**
   * {@return what the subscriber of the body is told}
   *
   * @param failure why there is no more of the body
   */
  Throwable bodyError(ExchangeFailure failure);

  /**
   * The body has failed, and its subscriber has been told, or has itself thrown. The round trip is
   * over by then.
   *
   * @param error what the subscriber was told, or threw
   */
  void bodyFailed(Throwable error);

  /**
   * The body has been delivered to its end, or as far as it will be. The round trip is over by
   * then.
   */
  void delivered();
}
