package io.httptrace.jetty;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the hooks of one call one after the other, and between them what the application is told of
 * the response: it must not know of something before the hooks do.
 *
 * <p>Jetty has threads that serve all connections, and threads that serve all requests of a
 * connection. So hooks that may block run on the client's executor; those that do not run on the
 * thread that has news, unless another one is just running some.
 */
final class JettyHookQueue {
  private final Executor executor;
  private final boolean blocking;

  // Guarded by this.
  private final Queue<Task> tasks = new ArrayDeque<>();
  private boolean running;

  /**
   * Something to be run.
   *
   * @param action what to run
   * @param thread on which thread it may be run, besides those of the executor; null for any
   */
  private record Task(Runnable action, @Nullable Thread thread) {}

  /**
   * Makes an empty one.
   *
   * @param executor runs what may block
   * @param blocking whether hooks may block
   */
  JettyHookQueue(Executor executor, boolean blocking) {
    this.executor = executor;
    this.blocking = blocking;
  }

  /** Adds hooks. {@link #run} is to follow, without a lock held. */
  synchronized void add(Runnable hooks) {
    tasks.add(new Task(hooks, null));
  }

  /** Adds a call of the application's listeners, of which only hooks may be told on any thread. */
  synchronized void addOfApplication(Runnable listeners) {
    tasks.add(new Task(listeners, Thread.currentThread()));
  }

  /** Runs what there is, or sees to it that it is run. */
  void run() {
    synchronized (this) {
      if (running || tasks.isEmpty()) {
        return;
      }
      running = true;
    }
    if (blocking) {
      execute();
    } else {
      runAll(false);
    }
  }

  private void execute() {
    try {
      executor.execute(() -> runAll(true));
    } catch (RejectedExecutionException stopped) {
      runAll(true);
    }
  }

  private void runAll(boolean onExecutor) {
    for (Task next = next(); next != null; next = next()) {
      if (onExecutor || next.thread() == null || next.thread() == Thread.currentThread()) {
        run(next);
      } else {
        execute();
        return;
      }
    }
  }

  private void run(Task task) {
    boolean completed = false;
    try {
      task.action().run();
      completed = true;
    } finally {
      taken(completed);
    }
  }

  /** {@return the first task, which stays where it is; null if there is none} */
  private synchronized @Nullable Task next() {
    Task first = tasks.peek();
    running = first != null;
    return first;
  }

  private synchronized void taken(boolean goesOn) {
    tasks.remove();
    running = goesOn;
  }
}
