package io.httptrace.client.exchange;

import io.httptrace.client.body.PublisherWriter;
import io.httptrace.client.hooks.Strand;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.netty.Clock;
import io.httptrace.client.netty.Turn;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way out. All but the sink's methods are called on the strand. */
final class Upload implements PublisherWriter.Sink {

  private enum State {
    /** The head has not been written. */
    HEAD,
    /** The server's word is awaited (RFC 9110, section 10.1.1). */
    AWAITING_CONTINUE,
    /** The body is being sent, or there is none and the end is awaited. */
    SENDING,
    /** All has been written. */
    WRITTEN,
    /** The body was not sent, for a reason that is no failure. */
    LEFT_UNSENT,
    /** It failed, or was given up. */
    FAILED
  }

  private final Exchange exchange;
  private final ExchangeContext context;
  private final ExchangeCodec codec;
  private final Arrivals arrivals;
  private final @Nullable PublisherWriter writer;

  private State state = State.HEAD;
  private boolean headWritten;
  private Clock.Timer continueTimer = Clock.Timer.NONE;

  Upload(
      Exchange exchange,
      ExchangeContext context,
      ExchangeCodec codec,
      Arrivals arrivals,
      @Nullable BodyPublisher publisher,
      long contentLength) {
    this.exchange = exchange;
    this.context = context;
    this.codec = codec;
    this.arrivals = arrivals;
    this.writer =
        publisher == null
            ? null
            : new PublisherWriter(
                publisher,
                contentLength,
                new Strand(PublisherWriter.isPrompt(publisher) ? Turn.LATER : context.executor()),
                this);
  }

  /** The head is out. */
  void begin() {
    headWritten = true;
  }

  /** The body may follow. */
  void send() {
    if (state == State.HEAD || state == State.AWAITING_CONTINUE) {
      continueTimer.stop();
      state = State.SENDING;
      if (writer != null) {
        writer.start();
      }
    }
  }

  /** The server's word is awaited until the timer runs out. */
  void awaitContinue(long nanos) {
    state = State.AWAITING_CONTINUE;
    continueTimer = context.clock().schedule(() -> context.strand().execute(this::send), nanos);
  }

  /** What was last written is out. On any thread. */
  void contentWritten() {
    if (writer != null) {
      writer.written();
    }
  }

  /** {@return whether this is news} */
  boolean written() {
    if (settled()) {
      return false;
    }
    state = State.WRITTEN;
    return true;
  }

  /** {@return whether the body was still held back, and now stays so} */
  boolean leaveUnsent() {
    if (state != State.AWAITING_CONTINUE) {
      return false;
    }
    continueTimer.stop();
    state = State.LEFT_UNSENT;
    return true;
  }

  /** {@return whether this is news} */
  boolean fail() {
    continueTimer.stop();
    if (settled()) {
      return false;
    }
    state = State.FAILED;
    if (writer != null) {
      writer.cancel();
    }
    return true;
  }

  boolean runsHere() {
    return writer != null && writer.runsHere();
  }

  boolean settled() {
    return state == State.WRITTEN || state == State.LEFT_UNSENT || state == State.FAILED;
  }

  boolean isWritten() {
    return state == State.WRITTEN;
  }

  boolean headWritten() {
    return headWritten;
  }

  long count() {
    return writer == null ? 0 : writer.count();
  }

  @Override
  public void content(ByteBuffer content) {
    codec.write(content, arrivals);
  }

  /**
   * A body of known length is complete with its last byte, whenever its publisher says so: by then
   * the connection may be in use for another exchange.
   */
  @Override
  public void complete() {
    codec.finish(arrivals);
  }

  @Override
  public void failed(Throwable error) {
    exchange.publisherFailed(error);
  }
}
