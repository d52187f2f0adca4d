package io.httptrace.client.exchange;

import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.hooks.Strand;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries facts from the thread that drives the connection to the strand of the exchange: each is
 * stamped when it happens, and those of one read go over together.
 */
final class Arrivals implements ExchangeCodec.Listener {
  private final Exchange exchange;
  private final Strand strand;
  private final RequestTrace trace;
  private final boolean prompt;

  // Used by the thread that drives the connection only.
  private List<Runnable> batch = new ArrayList<>(4);

  /**
   * Makes it.
   *
   * @param prompt whether anyone waits for the news that the request has been written; otherwise it
   *     goes over with the response, so as not to wake a thread for nothing
   */
  Arrivals(Exchange exchange, ExchangeContext context, boolean prompt) {
    this.exchange = exchange;
    this.strand = context.strand();
    this.trace = context.trace();
    this.prompt = prompt;
  }

  private void written(Runnable news) {
    if (prompt) {
      strand.execute(news);
    } else {
      batch.add(news);
    }
  }

  @Override
  public void headWritten() {
    long at = trace.now();
    written(() -> exchange.headWritten(at));
  }

  @Override
  public void contentWritten() {
    exchange.contentWritten();
  }

  @Override
  public void requestWritten() {
    long at = trace.now();
    written(() -> exchange.requestWritten(at));
  }

  @Override
  public void writeFailed(Throwable error) {
    long at = trace.now();
    strand.execute(() -> exchange.writeFailed(at, error));
  }

  @Override
  public void firstByte() {
    long at = trace.now();
    batch.add(() -> exchange.firstByte(at));
  }

  @Override
  public void informational(ResponseHead head) {
    long at = trace.now();
    batch.add(() -> exchange.informational(at, head));
  }

  @Override
  public void head(ResponseHead head) {
    long at = trace.now();
    batch.add(() -> exchange.head(at, head));
  }

  @Override
  public void content(ByteBuffer content) {
    batch.add(() -> exchange.content(content));
  }

  @Override
  public void end(HttpHeaders trailers) {
    batch.add(exchange::end);
  }

  @Override
  public void readComplete() {
    List<Runnable> facts = batch;
    batch = new ArrayList<>(4);
    strand.execute(
        () -> {
          facts.forEach(Runnable::run);
          exchange.flush();
        });
  }

  @Override
  public void failed(Throwable error) {
    readComplete();
    long at = trace.now();
    strand.execute(() -> exchange.failed(at, error));
  }
}
