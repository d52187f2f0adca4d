package io.httptrace.client.exchange;

import io.httptrace.client.exchange.Batch.Fact;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.hooks.Strand;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.ResponseHead;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Carries facts from the thread that drives the connection to the strand of the exchange: each is
 * stamped when it happens, and those of one read go over together, with one stamp.
 */
final class Arrivals implements ExchangeCodec.Listener {
  private final Exchange exchange;
  private final Strand strand;
  private final RequestTrace trace;
  private final boolean body;
  private final boolean prompt;

  // Used by the thread that drives the connection only.
  private @Nullable Batch batch;

  /**
   * Makes it.
   *
   * @param body whether the request has a body; if not, its end follows its head at once, and is
   *     told with it
   * @param prompt whether anyone waits for the news that the request has been written; otherwise it
   *     goes over with the response, so as not to wake a thread for nothing
   */
  Arrivals(Exchange exchange, ExchangeContext context, boolean body, boolean prompt) {
    this.exchange = exchange;
    this.strand = context.strand();
    this.trace = context.trace();
    this.body = body;
    this.prompt = prompt;
  }

  private void add(Fact fact, @Nullable Object subject) {
    Batch current = batch;
    if (current == null) {
      current = new Batch(exchange, trace.now());
      batch = current;
    }
    current.add(fact, subject);
  }

  @Override
  public void headWritten() {
    if (!prompt) {
      add(Fact.HEAD_WRITTEN, null);
    } else if (body) {
      long at = trace.now();
      strand.execute(() -> exchange.headWritten(at));
    }
  }

  @Override
  public void contentWritten() {
    exchange.contentWritten();
  }

  @Override
  public void requestWritten() {
    if (!prompt) {
      add(Fact.REQUEST_WRITTEN, null);
      return;
    }
    long at = trace.now();
    if (body) {
      strand.execute(() -> exchange.requestWritten(at));
    } else {
      strand.execute(
          () -> {
            exchange.headWritten(at);
            exchange.requestWritten(at);
          });
    }
  }

  @Override
  public void writeFailed(Throwable error) {
    long at = trace.now();
    strand.execute(() -> exchange.writeFailed(at, error));
  }

  @Override
  public void firstByte() {
    add(Fact.FIRST_BYTE, null);
  }

  @Override
  public void informational(ResponseHead head) {
    add(Fact.INFORMATIONAL, head);
  }

  @Override
  public void head(ResponseHead head) {
    add(Fact.HEAD, head);
  }

  @Override
  public void content(ByteBuffer content) {
    add(Fact.CONTENT, content);
  }

  @Override
  public void end(HttpHeaders trailers) {
    add(Fact.END, null);
  }

  @Override
  public void readComplete() {
    Batch facts = batch;
    batch = null;
    strand.execute(facts == null ? exchange::flush : facts);
  }

  @Override
  public void failed(Throwable error) {
    readComplete();
    long at = trace.now();
    strand.execute(() -> exchange.failed(at, error));
  }
}
