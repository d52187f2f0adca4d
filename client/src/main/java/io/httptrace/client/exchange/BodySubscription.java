package io.httptrace.client.exchange;

import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.http.ResponseHead;
import java.util.concurrent.Flow;

/** What the subscriber of a body holds: brings what it asks for to the strand, from any thread. */
final class BodySubscription implements Flow.Subscription {
  private final Exchange exchange;
  private final Strand strand;
  private final ResponseDelivery delivery;

  BodySubscription(Exchange exchange, Strand strand, ResponseHead head, ExchangeOwner owner) {
    this.exchange = exchange;
    this.strand = strand;
    this.delivery = new ResponseDelivery(head, owner, this);
  }

  /** {@return what delivers the body} */
  ResponseDelivery delivery() {
    return delivery;
  }

  @Override
  public void request(long n) {
    if (delivery.isCalling()) {
      delivery.request(n);
    } else {
      strand.execute(
          () -> {
            delivery.request(n);
            exchange.proceed(delivery, delivery.advance());
          });
    }
  }

  @Override
  public void cancel() {
    exchange.abandonIfShared();
    strand.execute(() -> exchange.proceed(delivery, delivery.cancel()));
  }
}
