package io.httptrace.conformance.leak;

import java.util.List;

/**
 * Looks for what only a client's own library can see, such as buffers that were not released. It is
 * found as a service ({@link java.util.ServiceLoader}) or {@linkplain LeakGuard#probe registered}.
 */
public interface LeakProbe {

  /** Called before a test, to note what is there. */
  default void before() {}

  /**
   * {@return what a test has left behind, one line for each; empty if nothing} Called after the
   * test, when its clients and servers are closed; it may wait a little for what is still going
   * away.
   */
  default List<String> leaks() {
    return List.of();
  }

  /**
   * {@return whether a thread belongs to the process as a whole, not to the client that happened to
   * start it} Such a thread is no leak.
   *
   * @param thread a thread that was not there before
   */
  default boolean isShared(Thread thread) {
    return false;
  }
}
