package io.httptrace.conformance.leak;

import java.util.List;

/**
 * Finds leaks that only a client's own library can see, such as buffers that were not released. It
 * is found as a service ({@link java.util.ServiceLoader}) or {@linkplain LeakGuard#probe
 * registered}.
 */
public interface LeakProbe {

  /** Called before a test, to record the state. */
  default void before() {}

  /**
   * {@return the leaks of a test, one line for each; empty if there are none} Called after the
   * test, when its clients and servers are closed; it may wait a little for things that are still
   * closing.
   */
  default List<String> leaks() {
    return List.of();
  }

  /**
   * {@return whether a thread belongs to the process, not to the client that started it} Such a
   * thread is not a leak.
   *
   * @param thread a thread that was not there before
   */
  default boolean isShared(Thread thread) {
    return false;
  }
}
