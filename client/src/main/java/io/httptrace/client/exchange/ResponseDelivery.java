package io.httptrace.client.exchange;

import static java.util.Objects.requireNonNull;

import io.httptrace.client.body.ContentDecoder;
import io.httptrace.client.body.Delivery;
import io.httptrace.client.http.ResponseHead;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A final response on its way to the caller: it is handed to the owner, and its body is delivered
 * to the subscriber, as much as that asks for.
 *
 * <p>A response that cannot have a body is handed over when it has been {@linkplain #settled
 * settled}, one that can as soon as its head is there.
 *
 * <p>It calls the owner, the decoder and the subscriber. What it needs from the exchange it calls
 * for by what its methods return. All of them run on the strand, but {@link #isCalling}.
 */
final class ResponseDelivery {

  /** What is to be done next. */
  enum Next {
    /** The subscriber wants more than there is: to read, and to advance once more. */
    WANTS_MORE,
    /** To wait: for more of the response, or to be asked for more of the body. */
    WAITING,
    /**
     * All has been delivered but the end, and the subscriber asks for nothing. The end waits until
     * it asks, as a caller does who reads on, or for {@link #endUnasked}. Returned once.
     */
    END_UNASKED,
    /** The rest is about to be delivered: to settle the exchange, and tell so. Returned once. */
    AT_END,
    /** The subscriber wants no more. Not after {@link #AT_END}. */
    CANCELLED,
    /**
     * The body has ended with an {@link #error}: one of the exchange, or what the subscriber or the
     * decoder threw. The subscriber has been told, unless it wants to hear no more.
     */
    BROKEN
  }

  private enum State {
    /** The owner does not have the response. */
    NEW,
    /** The subscriber gets what it asks for. */
    OPEN,
    /** What is left is delivered when the exchange has been settled. */
    ENDING,
    /** The subscriber gets what it asks for, and then the error. */
    FAILING,
    /** The subscriber gets nothing any more. */
    CLOSED
  }

  private final ResponseHead head;
  private final ExchangeOwner owner;
  private final Flow.Subscription subscription;

  /** What has come and not been delivered; if there is a decoder, not been decoded. */
  private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>(2);

  /** What has not been delivered; if there is nothing to decode, that is what has come. */
  private ArrayDeque<ByteBuffer> content = arrived;

  private @Nullable BodySubscriber<?> subscriber;
  private @Nullable ContentDecoder decoder;
  private State state = State.NEW;
  private long demand;
  private long delivered;
  private boolean complete;
  private boolean settled;
  private boolean reading;
  private boolean unasked;
  private boolean endDue;
  private boolean broken;
  private @Nullable Throwable error;

  /** The thread that calls the subscriber now. */
  private @Nullable Thread calling;

  /** Makes the delivery of a response to its owner; its subscriber gets the subscription. */
  ResponseDelivery(ResponseHead head, ExchangeOwner owner, Flow.Subscription subscription) {
    this.head = head;
    this.owner = owner;
    this.subscription = subscription;
  }

  // ---- What comes from the connection ----

  /** Adds content, for the next time it advances. */
  void offer(ByteBuffer next) {
    reading = false;
    if (state != State.CLOSED) {
      arrived.add(next);
    }
  }

  /** Adds the end, for the next time it advances. */
  void end() {
    complete = true;
  }

  /** What has been read has been added, if it was anything. */
  Next readComplete() {
    reading = false;
    return advance();
  }

  // ---- What comes from the subscriber ----

  /**
   * {@return whether the calling thread is in a call of the subscriber} What it asks for there is
   * given to it afterwards, without {@link #advance}.
   */
  boolean isCalling() {
    return calling == Thread.currentThread();
  }

  /** The subscriber asks for more. */
  void request(long n) {
    if (state == State.CLOSED) {
      return;
    }
    if (n <= 0) {
      broken(new IllegalArgumentException("non-positive subscription request: " + n));
    } else {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    }
  }

  /** The subscriber wants no more. */
  Next cancel() {
    State before = state;
    close();
    return switch (before) {
      case OPEN -> Next.CANCELLED;
      case FAILING -> Next.BROKEN;
      default -> Next.WAITING;
    };
  }

  // ---- What comes from the exchange ----

  /** Delivers what there is, as far as it is asked for. */
  Next advance() {
    if (state == State.NEW && (head.hasBody() || settled)) {
      start();
    } else if (state == State.NEW && complete) {
      state = State.ENDING;
      return Next.AT_END;
    }
    Next next = null;
    while (next == null) {
      next =
          switch (state) {
            case OPEN -> step();
            case FAILING -> stepToFailure();
            default -> brokenOr(Next.WAITING);
          };
    }
    return next;
  }

  /** The exchange has been settled: delivers the rest. */
  Next settled() {
    settled = true;
    if (state != State.ENDING) {
      return brokenOr(Next.WAITING);
    }
    if (subscriber == null) {
      state = State.NEW;
      return advance();
    }
    return deliverEnd();
  }

  /** Delivers the end, if there is nothing else, though it is not asked for. */
  Next endUnasked() {
    endDue = content.isEmpty();
    return advance();
  }

  /**
   * Ends the body with an error.
   *
   * @param why the error
   * @param atOnce whether it takes the place of what has not been delivered; otherwise it comes
   *     when the subscriber has taken that
   */
  Next fail(Throwable why, boolean atOnce) {
    error = why;
    if (state == State.OPEN && !atOnce) {
      state = State.FAILING;
      return advance();
    }
    return failNow(why);
  }

  /** An error that waits for the subscriber to take what came before it comes at once. */
  Next hurry() {
    return state == State.FAILING ? failNow(error()) : Next.WAITING;
  }

  private Next failNow(Throwable why) {
    if (state != State.CLOSED) {
      close();
      tell(why);
    }
    return Next.BROKEN;
  }

  /** {@return whether the owner has the response} */
  boolean responded() {
    return subscriber != null;
  }

  /** {@return how many bytes have been delivered, the last ones counted at the end} */
  long delivered() {
    return delivered;
  }

  /** {@return what the body has ended with, if it is {@link Next#BROKEN}} */
  Throwable error() {
    return requireNonNull(error, "error");
  }

  // ---- One step after the other ----

  private void start() {
    Delivery delivery = owner.respond(head);
    BodySubscriber<?> to = delivery.subscriber();
    subscriber = to;
    decoder = delivery.decoder();
    if (decoder != null) {
      content = new ArrayDeque<>(2);
    }
    state = State.OPEN;
    call(() -> to.onSubscribe(subscription));
  }

  /** Does one thing and returns null, or says what is to be done next. */
  private @Nullable Next step() {
    if (!decode()) {
      return null;
    }
    int pieces = content.size();
    if (complete && undecoded() == 0 && pieces <= 1 && (demand > pieces || endDue)) {
      state = State.ENDING;
      ByteBuffer last = content.peek();
      delivered += last == null ? 0 : last.remaining();
      return settled ? deliverEnd() : Next.AT_END;
    }
    if (demand == 0) {
      if (complete && pieces == 0 && !unasked) {
        unasked = true;
        return Next.END_UNASKED;
      }
      return Next.WAITING;
    }
    if (demand > pieces + undecoded() && !complete && !reading) {
      reading = true;
      return Next.WANTS_MORE;
    }
    return pieces == 0 ? Next.WAITING : deliverNext();
  }

  private @Nullable Next stepToFailure() {
    if (!decode()) {
      return null;
    }
    if (content.isEmpty()) {
      return failNow(error());
    }
    return demand == 0 ? Next.WAITING : deliverNext();
  }

  private int undecoded() {
    return decoder == null ? 0 : arrived.size();
  }

  /** Decodes a piece if there is nothing else to deliver; {@return whether that went well} */
  private boolean decode() {
    ContentDecoder with = decoder;
    if (with == null) {
      return true;
    }
    try {
      while (content.isEmpty() && !arrived.isEmpty()) {
        ByteBuffer piece = arrived.element();
        with.decode(piece, content::add);
        if (!piece.hasRemaining() && !with.hasMore()) {
          arrived.remove();
        }
      }
      if (complete && arrived.isEmpty()) {
        with.end();
      }
      return true;
    } catch (IOException e) {
      broken(e);
      return false;
    }
  }

  private @Nullable Next deliverNext() {
    ByteBuffer next = content.remove();
    delivered += next.remaining();
    deliver(next);
    return null;
  }

  private void deliver(ByteBuffer next) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    BodySubscriber<?> to = requireNonNull(subscriber);
    call(() -> to.onNext(List.of(next.asReadOnlyBuffer())));
  }

  private Next deliverEnd() {
    ByteBuffer last = content.poll();
    if (last != null) {
      deliver(last);
    }
    if (state == State.ENDING) {
      close();
      call(this::complete);
    }
    return brokenOr(Next.WAITING);
  }

  /** What fails at the end is told so: someone may be waiting to read the end. */
  private void complete() {
    try {
      requireNonNull(subscriber).onComplete();
    } catch (Throwable t) {
      tell(t);
      throw t;
    }
  }

  private void close() {
    state = State.CLOSED;
    content.clear();
    arrived.clear();
    if (decoder != null) {
      decoder.close();
    }
  }

  private void call(Runnable subscriberCall) {
    calling = Thread.currentThread();
    try {
      subscriberCall.run();
    } catch (Throwable t) {
      broken(t);
    } finally {
      calling = null;
    }
  }

  /** Ends the body with what the subscriber or the decoder threw, or in its place. */
  private void broken(Throwable thrown) {
    State before = state;
    close();
    if (before != State.CLOSED) {
      tell(thrown);
    }
    if (before != State.FAILING) {
      error = thrown;
    }
    broken = true;
  }

  private Next brokenOr(Next other) {
    boolean now = broken;
    broken = false;
    return now ? Next.BROKEN : other;
  }

  private void tell(Throwable why) {
    BodySubscriber<?> to = subscriber;
    if (to != null) {
      try {
        to.onError(why);
      } catch (Throwable again) {
        why.addSuppressed(again);
      }
    }
  }
}
