package io.httptrace.client.exchange;

import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.netty.ReadTime;
import org.jspecify.annotations.Nullable;

/**
 * When the events of one exchange happened, none earlier than the one before it. Without a trace no
 * clock is read, and all times are 0. Used by the thread that drives the connection, but for the
 * beginning and the end, which are on the strand.
 */
final class EventTimes {
  /** Those of all exchanges without a trace; keeps nothing. */
  private static final EventTimes UNTRACED = new EventTimes(null, ReadTime.UNKNOWN);

  private final @Nullable RequestTrace trace;
  private final ReadTime readTime;
  private boolean begun;
  private long last;

  private EventTimes(@Nullable RequestTrace trace, ReadTime readTime) {
    this.trace = trace;
    this.readTime = readTime;
  }

  /**
   * {@return the times of an exchange}
   *
   * @param trace of its request
   * @param readTime of its connection
   */
  static EventTimes of(RequestTrace trace, ReadTime readTime) {
    return trace.enabled() ? new EventTimes(trace, readTime) : UNTRACED;
  }

  /**
   * The exchange begins. Before all else.
   *
   * @param at when it does
   */
  void begin(long at) {
    if (trace != null) {
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
    if (trace == null) {
      return 0;
    }
    last = trace.now();
    return last;
  }

  /**
   * {@return the time of an event that has been read: when it was there to be read} The connection
   * may have had something to read before this exchange could be answered: then that was not it.
   */
  long ofRead() {
    long read = trace == null ? 0 : readTime.nanoTime();
    if (read == 0) {
      return now();
    }
    if (read - last > 0) {
      last = read;
    }
    return last;
  }
}
