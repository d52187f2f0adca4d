package io.httptrace.client.exchange;

import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.netty.ReadTime;

/**
 * When the events of one exchange happened, none earlier than the one before it. Without a trace no
 * clock is read, and all times are 0. Used by the thread that drives the connection, but for the
 * beginning and the end, which are on the strand.
 */
final class EventTimes {
  private final RequestTrace trace;
  private final ReadTime readTime;
  private boolean begun;
  private long last;

  EventTimes(RequestTrace trace, ReadTime readTime) {
    this.trace = trace;
    this.readTime = readTime;
  }

  /**
   * The exchange begins. Before all else.
   *
   * @param at when it does
   */
  void begin(long at) {
    if (trace.enabled()) {
      begun = true;
      last = at;
      readTime.wanted();
    }
  }

  /** The exchange is over, if it has begun. Once. */
  void end() {
    if (begun) {
      readTime.unwanted();
    }
  }

  /** {@return the time of an event that happens now} */
  long now() {
    last = trace.now();
    return last;
  }

  /**
   * {@return the time of an event that has been read: when it was there to be read} The connection
   * may have had something to read before this exchange could be answered: then that was not it.
   */
  long ofRead() {
    long read = trace.enabled() ? readTime.nanoTime() : 0;
    if (read == 0) {
      return now();
    }
    if (read - last > 0) {
      last = read;
    }
    return last;
  }
}
