package io.httptrace.client.concurrent;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads with a name and a number. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /**
   * {@return a factory}
   *
   * @param name the name of the threads, to which a number is added
   */
  public static ThreadFactory named(String name) {
    return named(name, false);
  }

  private static ThreadFactory named(String name, boolean forDependents) {
    AtomicInteger number = new AtomicInteger();
    return task ->
        new ClientThread(name, forDependents, task, name + "-" + number.incrementAndGet());
  }

  /**
   * {@return a factory of threads on which nothing of a request runs, but only what depends on it}
   *
   * @param name the name of the threads, to which a number is added
   */
  static ThreadFactory forDependents(String name) {
    return named(name, true);
  }

  /**
   * {@return whether the calling thread is one of these, and does something for a request} One that
   * runs only what depends on a request's future does not.
   *
   * @param family the prefix of the names given to {@link #named}, up to a hyphen
   */
  public static boolean runHere(String family) {
    return Thread.currentThread() instanceof ClientThread own
        && !own.forDependents
        && own.outsideOf == null
        && own.family.startsWith(family + "-");
  }

  /**
   * {@return a factory of threads for event loops} Netty caches objects only on threads that
   * declare that they clean up. Threads of Netty's own class do, but they inherit the thread locals
   * of the thread that starts the first one.
   *
   * @param name the name of the threads, to which a number is added
   */
  public static ThreadFactory forLoops(String name) {
    ThreadFactory plain = named(name);
    return task -> plain.newThread(() -> FastThreadLocalThread.runWithFastThreadLocal(task));
  }
}
