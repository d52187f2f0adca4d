package io.httptrace.client.exchange;

import static java.util.Objects.requireNonNull;

import io.httptrace.client.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to the strand, in the order in which they happened: they are told there
 * together. They are kept in arrays and not in objects of their own, as every request has half a
 * dozen.
 */
final class EventBatch implements Runnable {
  /** As many events as there are to a small response that comes in one piece. */
  private static final int USUAL_SIZE = 6;

  enum CodecEvent {
    HEAD_WRITTEN,
    REQUEST_WRITTEN,
    FIRST_BYTE,
    INFORMATIONAL,
    HEAD,
    CONTENT,
    END
  }

  private final Exchange exchange;
  private CodecEvent[] events = new CodecEvent[USUAL_SIZE];
  private @Nullable Object[] subjects = new @Nullable Object[USUAL_SIZE];
  private final long at;
  private int size;

  /**
   * Makes an empty one.
   *
   * @param exchange is told
   * @param at when the events happened; they come of one read
   */
  EventBatch(Exchange exchange, long at) {
    this.exchange = exchange;
    this.at = at;
  }

  /**
   * Adds an event.
   *
   * @param subject the head or the content that is the matter, if there is one
   */
  void add(CodecEvent event, @Nullable Object subject) {
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
      subjects = Arrays.copyOf(subjects, 2 * size);
    }
    events[size] = event;
    subjects[size] = subject;
    size++;
  }

  /** Tells all of them. On the strand. */
  @Override
  public void run() {
    for (int i = 0; i < size; i++) {
      tell(events[i], subjects[i]);
    }
    exchange.flush();
  }

  private void tell(CodecEvent event, @Nullable Object subject) {
    switch (event) {
      case HEAD_WRITTEN -> exchange.upload().headWritten(at);
      case REQUEST_WRITTEN -> exchange.requestWritten(at);
      case FIRST_BYTE -> exchange.firstByte(at);
      case INFORMATIONAL -> exchange.informational(at, (ResponseHead) requireNonNull(subject));
      case HEAD -> exchange.head(at, (ResponseHead) requireNonNull(subject));
      case CONTENT -> exchange.content((ByteBuffer) requireNonNull(subject));
      case END -> exchange.end();
    }
  }
}
