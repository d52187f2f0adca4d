package io.httptrace.client.connect;

import org.jspecify.annotations.Nullable;

/** What a dial is doing, and how that is stopped. */
interface DialStep {
  /**
   * Stops it.
   *
   * @param timeout whether for lack of time
   * @param reason why; null if it took longer than allowed for itself
   */
  void stop(boolean timeout, @Nullable Throwable reason);
}
