package io.httptrace.client.body;

import io.httptrace.client.hooks.Strand;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the body of a response to its subscriber, as much as it asks for.
 *
 * <p>All state belongs to the strand, on which the subscriber is called too. The subscription may
 * be used from any thread.
 */
public final class SubscriberReader implements Flow.Subscription {

  /** Where the body comes from. Called on the strand. */
  public interface Source {
    /** The subscriber wants more than there is. */
    void read();

    /**
     * The last of the body is about to be delivered: the subscriber gets it when {@code proceed} is
     * run on the strand. Called once, if the body comes to its end.
     *
     * @param proceed delivers
     */
    void ending(Runnable proceed);

    /**
     * All has been delivered but the end, and the subscriber asks for nothing. The end waits until
     * it asks, as a caller does who reads on, or {@code proceed} is run on the strand: a subscriber
     * may count on an end it has not asked for.
     *
     * @param proceed delivers the end
     */
    void idle(Runnable proceed);

    /**
     * The subscriber wants no more, or is through: what others wait for can be given back at once.
     * Called on any thread, possibly more than once, before {@link #cancelled} if that is called.
     */
    void cancelling();

    /** The subscriber wants no more. Not called after {@link #ending}. */
    void cancelled();

    /**
     * The subscriber has failed, or broken the rules; it has been told, unless that is what failed.
     * Called instead of {@link #cancelled}, or after {@link #ending}.
     *
     * @param error what it threw
     */
    void failed(Throwable error);
  }

  private enum State {
    OPEN,
    ENDING,
    FAILING,
    CLOSED
  }

  private final Strand strand;
  private final BodySubscriber<?> subscriber;
  private final Source source;

  // Used on the strand only.
  private final ArrayDeque<ByteBuffer> content = new ArrayDeque<>(2);

  /** What has come; if there is nothing to decode, that is the content. */
  private final ArrayDeque<ByteBuffer> arrived;

  private final @Nullable ContentDecoder decoder;
  private State state = State.OPEN;
  private long demand;
  private long delivered;
  private boolean complete;
  private boolean pumping;
  private boolean reading;
  private boolean idle;
  private boolean endDue;
  private @Nullable Thread pumpingThread;
  private @Nullable Failure failure;

  /**
   * Makes a reader.
   *
   * @param strand calls the subscriber
   * @param delivery gets the body
   * @param source gives the body
   */
  public SubscriberReader(Strand strand, Delivery delivery, Source source) {
    this.strand = strand;
    this.subscriber = delivery.subscriber();
    this.decoder = delivery.decoder();
    this.arrived = decoder == null ? content : new ArrayDeque<>(2);
    this.source = source;
  }

  /** Begins: the subscriber gets its subscription. On the strand. */
  public void start() {
    call(() -> subscriber.onSubscribe(this));
    pump();
  }

  /** Adds content. On the strand. */
  public void offer(ByteBuffer next) {
    reading = false;
    if (state != State.CLOSED) {
      arrived.add(next);
    }
  }

  /** Adds the end. On the strand. */
  public void end() {
    complete = true;
  }

  /** Delivers what has been added. On the strand. */
  public void flush() {
    reading = false;
    pump();
  }

  /**
   * Ends the body with an error. On the strand.
   *
   * @param error the error
   * @param atOnce whether it takes the place of what has not been delivered; otherwise it comes
   *     when the subscriber has taken that
   * @param over runs when the subscriber has been told, or wants to hear no more
   */
  public void fail(Throwable error, boolean atOnce, Runnable over) {
    if (state == State.OPEN && !atOnce) {
      state = State.FAILING;
      failure = new Failure(error, over);
      pump();
      return;
    }
    if (state != State.CLOSED) {
      close();
      tell(error);
    }
    over.run();
  }

  /** An error that waits for the subscriber comes at once. On the strand. */
  public void hurry() {
    Failure waiting = failure;
    if (waiting != null) {
      failNow(waiting);
    }
  }

  /** An error that waits for the subscriber to take what came before it. */
  private record Failure(Throwable error, Runnable over) {}

  private void failNow(Failure due) {
    close();
    tell(due.error);
    due.over.run();
  }

  private void tell(Throwable error) {
    try {
      subscriber.onError(error);
    } catch (Throwable again) {
      error.addSuppressed(again);
    }
  }

  /**
   * {@return how many bytes have been delivered, the last ones counted at the end} On the strand.
   */
  public long delivered() {
    return delivered;
  }

  @Override
  public void request(long n) {
    if (Thread.currentThread() == pumpingThread) {
      addDemand(n);
    } else {
      strand.execute(
          () -> {
            addDemand(n);
            pump();
          });
    }
  }

  private void addDemand(long n) {
    if (state == State.CLOSED) {
      return;
    }
    if (n <= 0) {
      broken(new IllegalArgumentException("non-positive subscription request: " + n));
    } else {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    }
  }

  @Override
  public void cancel() {
    source.cancelling();
    strand.execute(
        () -> {
          boolean open = state == State.OPEN;
          Failure waiting = failure;
          close();
          if (open) {
            source.cancelled();
          } else if (waiting != null) {
            waiting.over.run();
          }
        });
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while ((state == State.OPEN && step()) || (state == State.FAILING && stepToFailure())) {}
    } finally {
      pumping = false;
    }
  }

  /** Does one thing and returns true, or asks for more and returns false. */
  private boolean step() {
    if (decoder != null && !decode(decoder)) {
      return false;
    }
    if (complete
        && undecoded() == 0
        && content.size() <= 1
        && (demand > content.size() || endDue)) {
      state = State.ENDING;
      content.forEach(last -> delivered += last.remaining());
      source.ending(this::deliverEnd);
      return false;
    }
    if (demand == 0) {
      if (complete && content.isEmpty() && !idle) {
        idle = true;
        source.idle(this::endNow);
      }
      return false;
    }
    if (demand > content.size() + undecoded() && !complete && !reading) {
      reading = true;
      source.read();
    }
    ByteBuffer next = content.poll();
    if (next == null) {
      return false;
    }
    delivered += next.remaining();
    deliver(next);
    return true;
  }

  /** Does one thing and returns true, or waits to be asked for more and returns false. */
  private boolean stepToFailure() {
    Failure due = failure;
    if (due == null || (decoder != null && !decode(decoder))) {
      return false;
    }
    if (content.isEmpty()) {
      failNow(due);
      return false;
    }
    if (demand == 0) {
      return false;
    }
    ByteBuffer next = content.remove();
    delivered += next.remaining();
    deliver(next);
    return true;
  }

  private int undecoded() {
    return decoder == null ? 0 : arrived.size();
  }

  /** Decodes a piece if there is nothing else to deliver; {@return whether that went well} */
  private boolean decode(ContentDecoder with) {
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

  private void close() {
    state = State.CLOSED;
    failure = null;
    content.clear();
    arrived.clear();
    if (decoder != null) {
      decoder.close();
    }
  }

  private void endNow() {
    endDue = content.isEmpty();
    pump();
  }

  private void deliver(ByteBuffer next) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    call(() -> subscriber.onNext(List.of(next.asReadOnlyBuffer())));
  }

  private void deliverEnd() {
    if (state != State.ENDING) {
      return;
    }
    ByteBuffer last = content.poll();
    if (last != null) {
      deliver(last);
    }
    if (state == State.ENDING) {
      close();
      call(this::complete);
    }
  }

  /** What fails at the end is told so: someone may be waiting to read the end. */
  private void complete() {
    try {
      subscriber.onComplete();
    } catch (Throwable t) {
      tell(t);
      throw t;
    }
  }

  private void call(Runnable subscriberCall) {
    Thread outer = pumpingThread;
    pumpingThread = Thread.currentThread();
    try {
      subscriberCall.run();
    } catch (Throwable t) {
      broken(t);
    } finally {
      pumpingThread = outer;
    }
  }

  private void broken(Throwable error) {
    boolean told = state == State.CLOSED;
    Failure waiting = failure;
    close();
    if (!told) {
      tell(error);
    }
    if (waiting == null) {
      source.failed(error);
    } else {
      waiting.over.run();
    }
  }
}
