package io.httptrace.client.pool;

import io.httptrace.client.concurrent.ConnectionDriver;

/** Makes connections for the pool. */
@FunctionalInterface
public interface Dialer {

  /**
   * A dial. It does not begin before {@link #start}, so that it can be stored before, to stop it.
   */
  interface Dial {
    /** Begins it, and returns without waiting for it. */
    void start();

    /**
     * Stops it, if it has not ended: it fails with the reason, which its hooks report.
     *
     * @param reason why
     */
    void cancel(Throwable reason);
  }

  /** Who waits for a dial, and may drive its socket meanwhile in place of the poller. */
  interface Waiter {
    /** {@return whether the calling thread is about to wait, and can drive a socket then} */
    boolean waitsHere();

    /**
     * There is a socket to drive while the dial is under way.
     *
     * @param driver drives it; on any thread, and for the same socket perhaps twice
     */
    void drives(ConnectionDriver driver);
  }

  /** Gets the result of a dial: exactly one of the two methods is called, once. */
  interface Outcome {
    /**
     * The connection has been made.
     *
     * @param connection the connection
     */
    void connected(PooledConnection connection);

    /**
     * There is no connection.
     *
     * @param error why not
     */
    void failed(Throwable error);
  }

  /**
   * Makes a dial, which must still be started.
   *
   * @param request the request that needs the connection; its hooks report the dial
   * @param outcome gets the result, on any thread, possibly before the dial is started
   * @return the dial
   */
  Dial dial(ConnectionRequest request, Outcome outcome);
}
