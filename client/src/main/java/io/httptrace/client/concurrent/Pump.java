package io.httptrace.client.concurrent;

import java.util.function.BooleanSupplier;

/**
 * A connection, for a caller who waits for its answer: as the caller has nothing else to do, it can
 * wait for the connection itself, and no other thread has to be woken.
 */
public interface Pump {

  /** The calling thread will drive the connection when it waits. Others that did do so no more. */
  void attach();

  /**
   * Waits for the connection to have something to do and does it, or until there is news.
   *
   * @param news whether there is news; whoever makes it true calls {@link #wake} afterwards
   * @return whether to look at the news and come again; otherwise the calling thread must park, and
   *     will be unparked when it should come again
   */
  boolean pump(BooleanSupplier news);

  /**
   * Makes a thread that waits in {@link #pump} return. Does nothing if it does not wait there.
   *
   * @param waiting the thread
   */
  void wake(Thread waiting);

  /**
   * The calling thread will not drive the connection any more. Does nothing if another one has been
   * attached since.
   *
   * @param over whether its exchange is over; otherwise the poller is to see to the rest
   */
  void leave(boolean over);

  /** From now on the poller drives the connection, until a thread is attached. */
  void share();
}
