package io.httptrace.client.exchange;

import static java.util.Objects.requireNonNull;

import io.httptrace.client.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Facts on their way to the strand, in the order in which they happened: they are told there
 * together. What is kept of a fact is no object of its own, as every request has half a dozen.
 */
final class Batch implements Runnable {
  /** As many facts as there are to a small response that comes in one piece. */
  private static final int USUAL_SIZE = 6;

  enum Fact {
    HEAD_WRITTEN,
    REQUEST_WRITTEN,
    FIRST_BYTE,
    INFORMATIONAL,
    HEAD,
    CONTENT,
    END
  }

  private final Exchange exchange;
  private Fact[] facts = new Fact[USUAL_SIZE];
  private @Nullable Object[] subjects = new @Nullable Object[USUAL_SIZE];
  private final long at;
  private int size;

  /**
   * Makes an empty one.
   *
   * @param exchange is told
   * @param at when the facts happened; they come of one read
   */
  Batch(Exchange exchange, long at) {
    this.exchange = exchange;
    this.at = at;
  }

  /**
   * Adds a fact.
   *
   * @param subject the head or the content that is the matter, if there is one
   */
  void add(Fact fact, @Nullable Object subject) {
    if (size == facts.length) {
      facts = Arrays.copyOf(facts, 2 * size);
      subjects = Arrays.copyOf(subjects, 2 * size);
    }
    facts[size] = fact;
    subjects[size] = subject;
    size++;
  }

  /** Tells all of them. On the strand. */
  @Override
  public void run() {
    for (int i = 0; i < size; i++) {
      tell(facts[i], subjects[i]);
    }
    exchange.flush();
  }

  private void tell(Fact fact, @Nullable Object subject) {
    switch (fact) {
      case HEAD_WRITTEN -> exchange.headWritten(at);
      case REQUEST_WRITTEN -> exchange.requestWritten(at);
      case FIRST_BYTE -> exchange.firstByte(at);
      case INFORMATIONAL -> exchange.informational(at, (ResponseHead) requireNonNull(subject));
      case HEAD -> exchange.head(at, (ResponseHead) requireNonNull(subject));
      case CONTENT -> exchange.content((ByteBuffer) requireNonNull(subject));
      case END -> exchange.end();
    }
  }
}
