package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;

/**
 * Threads that belong to the process, not to the client that started them, so that they are no
 * leak. They must be daemons.
 *
 * @param threads recognises the threads
 * @param reason why they stay, for readers of the support matrix; not blank
 */
public record SharedThread(Predicate<Thread> threads, String reason) {

  /** Checks the components: no threads without a reason. */
  public SharedThread {
    requireNonNull(threads, "threads");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("no reason for shared threads");
    }
  }

  /**
   * {@return the threads whose names begin with a prefix}
   *
   * @param prefix the prefix; not empty
   * @param reason why they stay; not blank
   */
  public static SharedThread named(String prefix, String reason) {
    if (prefix.isEmpty()) {
      throw new IllegalArgumentException("the prefix is empty");
    }
    return new SharedThread(thread -> thread.getName().startsWith(prefix), reason);
  }

  /**
   * {@return whether a thread is one of them}
   *
   * @param thread the thread
   */
  public boolean includes(Thread thread) {
    return thread.isDaemon() && threads.test(thread);
  }
}
