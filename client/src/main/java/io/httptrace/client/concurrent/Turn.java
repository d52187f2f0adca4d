package io.httptrace.client.concurrent;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The time that a thread spends in the client: what it has to do when it has let go of the
 * connections it drives, and, if it is not a thread of the client, what must not stay behind on it.
 *
 * <p>A thread of the caller's outlives the client, and may outlive the class loader that the client
 * was loaded by. So neither our thread local nor Netty's is left on it.
 */
public final class Turn {
  private static final SafeLog LOG = SafeLog.of(Turn.class);

  /**
   * Runs tasks on the calling thread: at once, or, if it drives connections, when it has let go of
   * them all. So a task never runs inside of what another one does to a connection, and tasks that
   * lead to each other do not pile up on the stack. They must neither block nor call what is the
   * caller's.
   */
  public static final Executor LATER = Turn::later;

  private static final ThreadLocal<Turn> BORROWED = new ThreadLocal<>();

  /** Whether the thread is one of the client's, or has brought thread locals of Netty's along. */
  private final boolean keepsThreadLocals;

  private final boolean borrowed;
  private int begun;
  private int loops;
  private boolean running;
  private @Nullable ArrayDeque<Runnable> tasks;

  private Turn(boolean borrowed, boolean keepsThreadLocals) {
    this.borrowed = borrowed;
    this.keepsThreadLocals = keepsThreadLocals;
  }

  static Turn ofClientThread() {
    return new Turn(false, true);
  }

  /**
   * Begins the turn of the calling thread, if it is not in one. {@link #end()} must follow on the
   * same thread.
   *
   * @return the turn
   */
  public static Turn begin() {
    Turn turn = current();
    turn.begun++;
    return turn;
  }

  /**
   * Runs a task in the turn of the calling thread.
   *
   * @param task the task
   */
  public static void run(Runnable task) {
    Turn turn = begin();
    try {
      task.run();
    } finally {
      turn.end();
    }
  }

  private static Turn current() {
    if (Thread.currentThread() instanceof ClientThread own) {
      return own.turn;
    }
    Turn turn = BORROWED.get();
    if (turn == null) {
      turn =
          new Turn(
              true,
              FastThreadLocalThread.currentThreadHasFastThreadLocal()
                  || FastThreadLocal.size() > 0);
      BORROWED.set(turn);
    }
    return turn;
  }

  /** Ends what {@link #begin()} has begun. */
  public void end() {
    if (--begun == 0 && borrowed) {
      BORROWED.remove();
      if (!keepsThreadLocals) {
        FastThreadLocal.removeAll();
      }
    }
  }

  /** The calling thread comes to drive a connection. */
  public static Turn enterLoop() {
    Turn turn = begin();
    turn.loops++;
    return turn;
  }

  /** The calling thread has let go of a connection. */
  public void exitLoop() {
    loops--;
    runTasks();
    end();
  }

  private static void later(Runnable task) {
    Turn turn = begin();
    ArrayDeque<Runnable> tasks = turn.tasks;
    if (tasks == null) {
      tasks = new ArrayDeque<>(4);
      turn.tasks = tasks;
    }
    tasks.add(task);
    turn.runTasks();
    turn.end();
  }

  private void runTasks() {
    if (loops > 0 || running || tasks == null) {
      return;
    }
    running = true;
    for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
      try {
        next.run();
      } catch (Throwable t) {
        LOG.error("task failed", t);
      }
    }
    running = false;
  }
}
