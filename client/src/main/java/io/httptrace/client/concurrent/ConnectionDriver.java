package io.httptrace.client.concurrent;

import java.util.function.BooleanSupplier;

/**
 * A connection that a thread can drive while it waits for a response: so no other thread has to be
 * woken.
 */
public interface ConnectionDriver {

  /** From now on the calling thread drives the connection when it waits, and no other thread. */
  void attach();

  /**
   * Waits for the connection to have something to do and does it, or until there is news.
   *
   * @param news whether there is news; the thread that makes it true calls {@link #wake} afterwards
   * @return whether to check the news and call this again; otherwise the calling thread must park
   *     until it is unparked, and then call this again
   */
  boolean drive(BooleanSupplier news);

  /**
   * Makes a thread that waits in {@link #drive} return. Does nothing if it does not wait there.
   *
   * @param waiting the thread
   */
  void wake(Thread waiting);

  /**
   * The calling thread will not drive the connection any more. Does nothing if another one has been
   * attached since.
   *
   * @param over whether its exchange is over; otherwise the poller drives the connection
   */
  void leave(boolean over);

  /** From now on the poller drives the connection, until a thread is attached. */
  void share();
}
