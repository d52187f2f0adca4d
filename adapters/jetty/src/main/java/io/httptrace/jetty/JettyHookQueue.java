package io.httptrace.jetty;

import io.httptrace.adapter.SafeLog;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the hooks of one call one after the other, and between them what the application is told of
 * the response: it must not know of something before the hooks do. It keeps all until it is known
 * who listens.
 *
 * <p>Jetty has threads that serve all connections, and threads that serve all requests of a
 * connection. So hooks that may block run on the client's executor; those that do not run on the
 * thread that has news, unless another one is just running some.
 */
final class JettyHookQueue {
  private static final SafeLog LOG = SafeLog.of(JettyTracing.class);

  private final Executor executor;

  // Guarded by this.
  private final Queue<Task> tasks = new ArrayDeque<>();
  private boolean open;
  private boolean dropped;
  private boolean blocking;
  private boolean running;

  /**
   * Something to be run.
   *
   * @param action what to run
   * @param thread on which thread it may be run, besides those of the executor; null for any
   */
  private record Task(Runnable action, @Nullable Thread thread) {}

  /**
   * Makes an empty one, which keeps what is added.
   *
   * @param executor runs what may block
   */
  JettyHookQueue(Executor executor) {
    this.executor = executor;
  }

  /**
   * Somebody listens. {@link #run} is to follow, without a lock held.
   *
   * @param mayBlock whether hooks may block
   */
  synchronized void open(boolean mayBlock) {
    open = true;
    blocking = mayBlock;
  }

  /** Nobody listens: nothing is kept any more. */
  synchronized void drop() {
    dropped = true;
    tasks.clear();
  }

  /** Adds hooks. {@link #run} is to follow, without a lock held. */
  synchronized void add(Runnable hooks) {
    if (!dropped) {
      tasks.add(new Task(hooks, null));
    }
  }

  /** Adds a call of the application's listeners, of which only hooks may be told on any thread. */
  synchronized void addOfApplication(Runnable listeners) {
    tasks.add(new Task(listeners, Thread.currentThread()));
  }

  /** Runs what there is, or sees to it that it is run. */
  void run() {
    boolean onExecutor;
    synchronized (this) {
      if (!open || running || tasks.isEmpty()) {
        return;
      }
      running = true;
      onExecutor = blocking;
    }
    if (onExecutor) {
      execute();
    } else {
      runAll(false);
    }
  }

  private void execute() {
    AtomicBoolean begun = new AtomicBoolean();
    Runnable all =
        () -> {
          if (begun.compareAndSet(false, true)) {
            runAll(true);
          }
        };
    try {
      executor.execute(all);
    } catch (Throwable refused) {
      // It may have taken it all the same, but has most probably stopped: nothing must get lost.
      all.run();
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
    try {
      task.action().run();
    } catch (Throwable thrown) {
      LOG.error("a hook or a listener could not be called", thrown);
    } finally {
      taken();
    }
  }

  /** {@return the first task, which stays where it is; null if there is none} */
  private synchronized @Nullable Task next() {
    Task first = tasks.peek();
    running = first != null;
    return first;
  }

  private synchronized void taken() {
    tasks.remove();
  }
}
