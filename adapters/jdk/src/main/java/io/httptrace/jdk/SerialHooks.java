package io.httptrace.jdk;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the hooks of one call: one at a time, in the order in which they are given. */
final class SerialHooks {
  private static final Executor FALLBACK =
      new CompletableFuture<@Nullable Void>().defaultExecutor();

  private final boolean mayBlock;
  private final BooleanSupplier removed;
  private volatile @Nullable Executor executor;

  /** The call, as the client has it; not kept alive. */
  private volatile @Nullable WeakReference<Object> multi;

  // Guarded by this.
  private final Queue<Task> tasks = new ArrayDeque<>();
  private @Nullable Thread runner;

  /**
   * Makes it.
   *
   * @param mayBlock whether the hooks may block
   * @param removed tells when no hook is to be called any more
   */
  SerialHooks(boolean mayBlock, BooleanSupplier removed) {
    this.mayBlock = mayBlock;
    this.removed = removed;
  }

  /**
   * Sets whose hooks they are. Its executor runs those that may block when an event happens on a
   * thread that must not.
   */
  void of(Object multi) {
    this.executor = Jdk.executor(multi);
    this.multi = new WeakReference<>(multi);
  }

  private boolean isCancelled() {
    WeakReference<Object> known = multi;
    Object call = known == null ? null : known.get();
    return call != null && Jdk.isCancelledByCaller(call);
  }

  /**
   * Runs a task after those before it, and returns when it has run; on the selector's thread, if a
   * hook may block, it is run later. Within a task of its own it runs after that. Once the caller
   * has cancelled, nobody waits for the tasks before it: that might be the caller.
   */
  void run(Runnable action) {
    if (mayBlock && Jdk.onSelectorThread()) {
      post(action);
      return;
    }
    Task task = new Task(action);
    synchronized (this) {
      tasks.add(task);
      if (runner == Thread.currentThread()) {
        return;
      }
      if (runner == null) {
        runner = Thread.currentThread();
      } else if (isCancelled()) {
        return;
      } else {
        task.awaited = new CountDownLatch(1);
      }
    }
    if (task.awaited == null) {
      runAll();
    } else {
      await(task.awaited);
    }
  }

  /** Runs what {@link #run} is to be waited for in: on another thread if it would not wait. */
  void offSelector(Runnable action) {
    if (mayBlock) {
      runOffSelector(action);
    } else {
      action.run();
    }
  }

  /** Runs a task after those before it, on another thread if it may block. */
  void post(Runnable action) {
    if (!mayBlock) {
      run(action);
      return;
    }
    synchronized (this) {
      tasks.add(new Task(action));
      if (runner != null) {
        return;
      }
    }
    execute(this::runWaiting);
  }

  /**
   * Runs what may block whatever the hooks do, on another thread, and after what has been given.
   */
  void later(Runnable action) {
    execute(
        () -> {
          if (!removed.getAsBoolean()) {
            action.run();
          }
        });
  }

  private void execute(Runnable action) {
    Executor own = executor;
    try {
      (own == null ? FALLBACK : own).execute(() -> runOffSelector(action));
    } catch (RuntimeException rejected) {
      FALLBACK.execute(action);
    }
  }

  /** An executor may run what it gets where it gets it. */
  private static void runOffSelector(Runnable action) {
    if (Jdk.onSelectorThread()) {
      FALLBACK.execute(action);
    } else {
      action.run();
    }
  }

  private void runWaiting() {
    synchronized (this) {
      if (runner != null || tasks.isEmpty()) {
        return;
      }
      runner = Thread.currentThread();
    }
    runAll();
  }

  private void runAll() {
    while (true) {
      Task task;
      synchronized (this) {
        task = tasks.poll();
        if (task == null) {
          runner = null;
          return;
        }
      }
      try {
        if (!removed.getAsBoolean()) {
          task.action.run();
        }
      } catch (Throwable thrown) {
        Problems.fault("a task", thrown);
      } finally {
        CountDownLatch awaited = task.awaited;
        if (awaited != null) {
          awaited.countDown();
        }
      }
    }
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Task {
    final Runnable action;
    @Nullable CountDownLatch awaited;

    Task(Runnable action) {
      this.action = action;
    }
  }
}
