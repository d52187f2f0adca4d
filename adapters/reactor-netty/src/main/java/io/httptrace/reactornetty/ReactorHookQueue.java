package io.httptrace.reactornetty;

import io.httptrace.Hook;
import io.httptrace.adapter.CallHooks;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * Calls the hooks of one call in the order in which things happen: at once if none of them blocks,
 * or else one after the other on Reactor's threads for what may block.
 */
final class ReactorHookQueue {
  private final CallHooks hooks;
  private final boolean atOnce;

  // Guarded by this.
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  ReactorHookQueue(CallHooks hooks) {
    this.hooks = hooks;
    this.atOnce = hooks.nonBlocking();
  }

  /** Calls a hook, as {@link CallHooks#fire} does. */
  void fire(Hook hook, long at, int roundTrip, long connectionId, CallHooks.HookCall call) {
    if (atOnce) {
      hooks.fire(hook, at, roundTrip, connectionId, call);
    } else {
      add(() -> hooks.fire(hook, at, roundTrip, connectionId, call));
    }
  }

  /**
   * Calls {@code got1xxResponse}, as {@link CallHooks#fireOrThrow} does.
   *
   * @param veto is told what it throws
   */
  void fire1xx(
      long at,
      int roundTrip,
      long connectionId,
      CallHooks.HookCall call,
      Consumer<Throwable> veto) {
    then(
        () -> {
          try {
            hooks.fireOrThrow(at, roundTrip, connectionId, call);
          } catch (Throwable thrown) {
            veto.accept(thrown);
          }
        });
  }

  /** Ends the call. */
  void end() {
    then(hooks::end);
  }

  /** {@return whether all hooks have returned} */
  boolean isIdle() {
    if (atOnce) {
      return true;
    }
    synchronized (this) {
      return !running;
    }
  }

  /** Runs something when the hooks that have been added before have returned: now, if they have. */
  void then(Runnable next) {
    if (atOnce) {
      next.run();
    } else {
      add(next);
    }
  }

  private void add(Runnable task) {
    synchronized (this) {
      waiting.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    try {
      var unused = Schedulers.boundedElastic().schedule(this::runAll);
    } catch (RejectedExecutionException tooMany) {
      runAll();
    }
  }

  private void runAll() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (Throwable thrown) {
        // Hooks do not throw here; what comes after them must not keep others from running.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    running = task != null;
    return task;
  }
}
