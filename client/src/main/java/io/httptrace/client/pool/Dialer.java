package io.httptrace.client.pool;

/** Makes connections for the pool. */
@FunctionalInterface
public interface Dialer {

  /** A dial, which begins when it is told to: so whoever may stop it has it by then. */
  interface Dial {
    /** Begins it, and returns without waiting for it. */
    void start();

    /**
     * Stops it, if it has not ended: its hooks report the reason, and it fails with it.
     *
     * @param reason why
     */
    void cancel(Throwable reason);
  }

  /** What becomes of a dial: exactly one of the two, once. */
  interface Outcome {
    /**
     * The connection is there.
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
   * Makes a dial, which has yet to be started.
   *
   * @param request what the connection is for; its hooks tell of the dial
   * @param outcome is told what becomes of it, on any thread, possibly before it has been started
   * @return the dial
   */
  Dial dial(ConnectionRequest request, Outcome outcome);
}
