package io.httptrace.client.call;

/** What a client has under way, and must have ended before it ends itself. */
interface Operation {
  /**
   * Ends it with an error, wherever it is. On any thread.
   *
   * @param reason why
   */
  void abortNow(Throwable reason);

  /**
   * {@return whether nothing of it is left but code of the caller's that runs on what it led to} It
   * may say so a little before it tells.
   */
  default boolean isOver() {
    return false;
  }

  /** {@return whether the calling thread runs code of the caller's for it} */
  boolean runsHere();
}
