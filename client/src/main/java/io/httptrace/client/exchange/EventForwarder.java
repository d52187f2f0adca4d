package io.httptrace.client.exchange;

import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.exchange.EventBatch.CodecEvent;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.ResponseHead;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Carries events from the thread that drives the connection to the strand of the exchange: each is
 * stamped with when it happened, and those of one read go over together, with one stamp.
 */
final class EventForwarder implements ExchangeCodec.Listener {
  private final Exchange exchange;
  private final Strand strand;
  private final EventTimes times;
  private final boolean body;
  private final boolean tellsAtOnce;

  /**
   * Whether anyone waits for the news that the request has been written. Otherwise it goes over
   * with the response, so as not to wake a thread for nothing.
   */
  private boolean prompt;

  // Used by the thread that drives the connection only.
  private @Nullable EventBatch batch;
  private boolean answered;

  /**
   * Makes the forwarder of one exchange.
   *
   * @param times when the events happen
   * @param body whether the request has a body; if not, its end follows its head at once, and is
   *     told with it
   */
  EventForwarder(Exchange exchange, ExchangeContext context, EventTimes times, boolean body) {
    this.exchange = exchange;
    this.strand = context.strand();
    this.times = times;
    this.body = body;
    this.tellsAtOnce = context.trace().enabled() || context.settings().responseHeaderNanos() > 0;
    this.prompt = body || tellsAtOnce;
  }

  /**
   * The body goes out with the head: nobody waits to be told that it can begin. Before all else.
   */
  void bodyJoinsHead() {
    prompt = tellsAtOnce;
  }

  /** {@return whether what has been written can be told with what comes next of the answer} */
  private boolean waits() {
    return !prompt && !answered;
  }

  private void tell(Runnable task) {
    if (batch != null) {
      readComplete();
    }
    strand.execute(task);
  }

  private void add(CodecEvent event, @Nullable Object subject) {
    EventBatch current = batch;
    if (current == null) {
      current = new EventBatch(exchange, times.ofRead());
      batch = current;
    }
    current.add(event, subject);
  }

  @Override
  public void headWritten() {
    if (waits()) {
      add(CodecEvent.HEAD_WRITTEN, null);
    } else if (body) {
      long at = times.now();
      tell(() -> exchange.upload().headWritten(at));
    }
  }

  @Override
  public void contentWritten() {
    exchange.upload().contentWritten();
  }

  @Override
  public void requestWritten() {
    if (waits()) {
      add(CodecEvent.REQUEST_WRITTEN, null);
      return;
    }
    long at = times.now();
    if (body) {
      tell(() -> exchange.requestWritten(at));
    } else {
      tell(
          () -> {
            exchange.upload().headWritten(at);
            exchange.requestWritten(at);
          });
    }
  }

  @Override
  public void writeFailed(Throwable error) {
    long at = times.now();
    tell(() -> exchange.writeFailed(at, error));
  }

  @Override
  public void firstByte() {
    answered = true;
    add(CodecEvent.FIRST_BYTE, null);
  }

  @Override
  public void informational(ResponseHead head) {
    add(CodecEvent.INFORMATIONAL, head);
  }

  @Override
  public void head(ResponseHead head) {
    add(CodecEvent.HEAD, head);
  }

  @Override
  public void content(ByteBuffer content) {
    add(CodecEvent.CONTENT, content);
  }

  @Override
  public void end(HttpHeaders trailers) {
    add(CodecEvent.END, null);
  }

  @Override
  public void readComplete() {
    EventBatch events = batch;
    batch = null;
    strand.execute(events == null ? exchange::flush : events);
  }

  @Override
  public void failed(Throwable error) {
    readComplete();
    long at = times.now();
    strand.execute(() -> exchange.failed(at, error));
  }
}
