package io.httptrace.client.exchange;

import io.httptrace.client.body.SubscriberReader;
import io.httptrace.client.hooks.Strand;
import io.httptrace.client.http.ResponseHead;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A final response on its way in: handed to the owner when it is there, its body delivered as the
 * subscriber asks. All of it runs on the strand.
 *
 * <p>A response that cannot have a body is handed over only when it has been settled, one that can
 * as soon as its head is there.
 */
final class Inflow {
  private final Strand strand;
  private final ExchangeOwner owner;
  private final SubscriberReader.Source source;

  private @Nullable ResponseHead pending;
  private @Nullable SubscriberReader reader;
  private boolean complete;
  private boolean settling;
  private boolean started;

  /**
   * Makes it.
   *
   * @param source gives more, and is told how delivery goes
   */
  Inflow(Strand strand, ExchangeOwner owner, SubscriberReader.Source source) {
    this.strand = strand;
    this.owner = owner;
    this.source = source;
  }

  void head(ResponseHead response) {
    pending = response;
  }

  void content(ByteBuffer content) {
    respond();
    if (reader != null) {
      reader.offer(content);
    }
  }

  void end() {
    complete = true;
    if (reader != null) {
      reader.end();
    }
  }

  void flush() {
    if (pending == null || pending.hasBody()) {
      deliver();
    } else if (complete && !settling) {
      settling = true;
      source.ending(this::deliver);
    }
  }

  private void deliver() {
    respond();
    SubscriberReader to = reader;
    if (to == null) {
      return;
    }
    if (started) {
      to.flush();
    } else {
      started = true;
      to.start();
    }
  }

  private void respond() {
    ResponseHead response = pending;
    pending = null;
    if (response != null) {
      reader = new SubscriberReader(strand, owner.respond(response), source);
      if (complete) {
        reader.end();
      }
    }
  }

  /** Ends the body with an error, at once or when what has arrived has been taken. */
  void fail(Throwable error, boolean atOnce, Runnable over) {
    if (reader != null) {
      reader.fail(error, atOnce, over);
    }
  }

  /** An error that waits comes at once. */
  void hurry() {
    if (reader != null) {
      reader.hurry();
    }
  }

  /** {@return whether the response has been read to its end} */
  boolean complete() {
    return complete;
  }

  /** {@return whether the owner has the response} */
  boolean responded() {
    return reader != null;
  }

  long delivered() {
    return reader == null ? 0 : reader.delivered();
  }
}
