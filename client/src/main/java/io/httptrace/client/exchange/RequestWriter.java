package io.httptrace.client.exchange;

import io.httptrace.client.body.PublisherWriter;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.concurrent.Turn;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way out: when its body may begin, how it ended, and the hooks that tell so.
 *
 * <p>All but the sink's methods are called on the strand.
 */
final class RequestWriter implements PublisherWriter.Sink {

  /** How far the request is. What is {@link #settled} stays so. */
  enum State {
    /** The head has not been written. */
    WRITING_HEAD,
    /** The server's word is awaited (RFC 9110, section 10.1.1). */
    AWAITING_CONTINUE,
    /** The body is being sent, or there is none and the end is awaited. */
    WRITING_BODY,
    /** All has been written. */
    WRITTEN,
    /** It ended while the server's word was awaited: the body is not sent, which is no failure. */
    LEFT_UNSENT,
    /** It failed, or was given up. */
    FAILED
  }

  private final Exchange exchange;
  private final ExchangeContext context;
  private final ExchangeHooks hooks;
  private final RequestHead head;
  private final @Nullable PublisherWriter body;

  private State state = State.WRITING_HEAD;
  private boolean headWritten;
  private Clock.Timer continueTimer = Clock.Timer.NONE;

  RequestWriter(
      Exchange exchange,
      ExchangeContext context,
      ExchangeHooks hooks,
      RequestHead head,
      @Nullable BodyPublisher publisher) {
    this.exchange = exchange;
    this.context = context;
    this.hooks = hooks;
    this.head = head;
    this.body =
        publisher == null
            ? null
            : new PublisherWriter(
                publisher,
                head.contentLength(),
                new Strand(PublisherWriter.isPrompt(publisher) ? Turn.LATER : context.executor()),
                this);
  }

  private void become(State next) {
    state = next;
    assert exchange.phase().allows(next);
  }

  State state() {
    return state;
  }

  /**
   * Begins: with the head, and with the body if all of that is in memory and may follow at once.
   */
  void begin(ExchangeCodec codec, EventForwarder events) {
    if (body == null || !body.isPrompt() || head.expectContinue() || !codec.joinsBody()) {
      codec.begin(head, events);
      return;
    }
    become(State.WRITING_BODY);
    events.bodyJoinsHead();
    codec.begin(head, body.begin(), events);
  }

  /** The head has been written: the body follows, at once or when the server has agreed. */
  void headWritten(long at) {
    if (exchange.stopped() || headWritten) {
      return;
    }
    headWritten = true;
    if (settled()) {
      return;
    }
    hooks.wroteHeaders(at, head);
    if (exchange.stopped()) {
      return;
    }
    long limit = context.settings().expectContinueNanos();
    if (!head.hasBody()
        || !head.expectContinue()
        || (limit == 0 && exchange.protocol().skipsContinueWithoutLimit())) {
      send();
      return;
    }
    hooks.wait100Continue(at); // what the server says while a hook runs comes after that
    become(State.AWAITING_CONTINUE);
    continueTimer = context.after(limit, this::send);
  }

  /** The server has agreed to the body. */
  void release() {
    if (headWritten && !exchange.stopped()) {
      send();
    }
  }

  private void send() {
    if (state == State.WRITING_HEAD || state == State.AWAITING_CONTINUE) {
      continueTimer.stop();
      become(State.WRITING_BODY);
      if (body != null) {
        body.start();
      }
    }
  }

  /** What was last written is out. On any thread. */
  void contentWritten() {
    if (body != null) {
      body.written();
    }
  }

  /** All has been written. {@return whether this is news} */
  boolean written(long at) {
    if (settled()) {
      return false;
    }
    become(State.WRITTEN);
    hooks.wroteRequest(at, null);
    contentWritten();
    return true;
  }

  /** The body is not sent any more. {@return whether it was still held back} */
  boolean leaveUnsent(long at) {
    if (state != State.AWAITING_CONTINUE) {
      return false;
    }
    continueTimer.stop();
    become(State.LEFT_UNSENT);
    hooks.wroteRequest(at, null);
    return true;
  }

  /** It has failed. {@return whether this is news} */
  boolean fail(long at, Throwable error) {
    boolean news = stop();
    if (news) {
      hooks.wroteRequest(at, error);
    }
    return news;
  }

  /** It is given up, which is told only if anything of it has been written. */
  void giveUp(long at, Throwable reason) {
    if (stop() && headWritten) {
      hooks.wroteRequest(at, reason);
    }
  }

  private boolean stop() {
    continueTimer.stop();
    if (settled()) {
      return false;
    }
    become(State.FAILED);
    if (body != null) {
      body.cancel();
    }
    return true;
  }

  /** {@return whether the calling thread runs the publisher} */
  boolean runsHere() {
    return body != null && body.runsHere();
  }

  boolean settled() {
    return state == State.WRITTEN || state == State.LEFT_UNSENT || state == State.FAILED;
  }

  boolean isWritten() {
    return state == State.WRITTEN;
  }

  /** {@return whether anything of it may have reached the server} */
  boolean isBegun() {
    return headWritten;
  }

  /** {@return how many bytes of its body there have been} */
  long count() {
    return body == null ? 0 : body.count();
  }

  @Override
  public void content(List<ByteBuffer> content) {
    exchange.writeBody(content);
  }

  /**
   * A body of known length is complete with its last byte, whenever its publisher says so: by then
   * the connection may be in use for another exchange.
   */
  @Override
  public void complete() {
    exchange.finishBody();
  }

  @Override
  public void failed(Throwable error) {
    long at = hooks.now();
    context.strand().execute(() -> exchange.publisherFailed(at, error));
  }
}
