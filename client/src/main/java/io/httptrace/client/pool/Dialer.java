package io.httptrace.client.pool;

/** Makes connections for the pool. */
@FunctionalInterface
public interface Dialer {

  /** A dial under way. */
  @FunctionalInterface
  interface Dial {
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
   * Starts a dial, and returns without waiting for it.
   *
   * @param request what the connection is for; its hooks tell of the dial
   * @param outcome is told what becomes of it, on any thread, possibly before this returns
   * @return stops it
   */
  Dial dial(ConnectionRequest request, Outcome outcome);
}
