package io.httptrace.conformance.leak;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Predicate;

/** Finds new threads that do not end. */
final class ThreadWatch {
  private final Predicate<Thread> shared;
  private Set<Thread> before = Set.of();

  ThreadWatch(Predicate<Thread> shared) {
    this.shared = shared;
  }

  void begin() {
    before = new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  List<String> remaining(long deadline) throws InterruptedException {
    List<String> remaining = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && isOurs(thread)) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        thread.join(Math.max(1, left));
        if (thread.isAlive()) {
          remaining.add("thread " + thread.getName() + at(thread));
        }
      }
    }
    return remaining;
  }

  private boolean isOurs(Thread thread) {
    return thread != Thread.currentThread()
        && thread.isAlive()
        && !ofTheMachine(thread)
        && !shared.test(thread);
  }

  /**
   * The JVM and the test framework start threads at any time, and the common pool belongs to all
   * code. So do the carriers of virtual threads, and the thread that unparks them after a delay.
   */
  private static boolean ofTheMachine(Thread thread) {
    String type = thread.getClass().getName();
    if (type.equals("jdk.internal.misc.CarrierThread")
        || type.equals("java.util.concurrent.DelayScheduler")) {
      return true;
    }
    if (thread instanceof ForkJoinWorkerThread) {
      return thread.getName().startsWith("ForkJoinPool.commonPool-worker");
    }
    ThreadGroup group = thread.getThreadGroup();
    return group == null
        || group.getName().equals("system")
        || group.getName().equals("InnocuousThreadGroup")
        || thread.getName().equals("CompletableFutureDelayScheduler")
        || thread.getName().equals("junit-jupiter-timeout-watcher");
  }

  private static String at(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0 ? "" : " at " + stack[0];
  }
}
