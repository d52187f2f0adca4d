package io.httptrace.conformance.body;

import io.httptrace.conformance.error.BodyFailedException;
import io.httptrace.conformance.time.Gate;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request body as a publisher that never blocks. One thread at a time signals: the one that
 * raises {@link #work} from 0; the others leave their work to it.
 */
final class RequestBodySubscription implements Flow.Subscription {
  private final Flow.Subscriber<? super ByteBuffer> subscriber;
  private final BodySource source;
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private volatile boolean cancelled;
  private volatile boolean illegal;

  private RequestBodySubscription(
      Flow.Subscriber<? super ByteBuffer> subscriber, BodySource source) {
    this.subscriber = subscriber;
    this.source = source;
  }

  static void start(
      Flow.Subscriber<? super ByteBuffer> subscriber, BodySource source, boolean refused) {
    RequestBodySubscription subscription = new RequestBodySubscription(subscriber, source);
    if (!refused) {
      subscription.begin();
      return;
    }
    subscription.cancelled = true;
    subscriber.onSubscribe(subscription);
    subscriber.onError(new IllegalStateException("the body cannot be sent again"));
  }

  /** An empty body completes without demand (Reactive Streams, rule 1.5). */
  private void begin() {
    work.incrementAndGet();
    subscriber.onSubscribe(this);
    drain(1);
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      illegal = true;
    } else {
      demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    }
    signal();
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  private void signal() {
    if (work.getAndIncrement() == 0) {
      drain(1);
    }
  }

  private void drain(int seen) {
    int missed = seen;
    while (missed != 0) {
      deliver();
      missed = work.addAndGet(-missed);
    }
  }

  private void deliver() {
    while (!cancelled) {
      if (illegal) {
        cancelled = true;
        subscriber.onError(new IllegalArgumentException("demand must be positive"));
        return;
      }
      Gate gate = source.closedGate();
      if (gate != null) {
        gate.whenOpen(this::signal);
        return;
      }
      if (source.atEnd()) {
        cancelled = true;
        subscriber.onComplete();
        return;
      }
      if (demand.get() == 0) {
        return;
      }
      deliverOne();
    }
  }

  private void deliverOne() {
    try {
      ByteBuffer next = ByteBuffer.wrap(source.next(Integer.MAX_VALUE));
      demand.updateAndGet(d -> d == Long.MAX_VALUE ? d : d - 1);
      subscriber.onNext(next);
    } catch (BodyFailedException failed) {
      cancelled = true;
      subscriber.onError(failed);
    }
  }
}
