package io.httptrace.client.concurrent;

import io.httptrace.adapter.SafeLog;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The time that a thread spends in the client: it has the tasks to run when the thread has let go
 * of the connections it drives, and cleans up a thread that does not belong to the client.
 *
 * <p>A caller's thread outlives the client, and may outlive the class loader of the client. So
 * neither our thread local nor Netty's is left on it.
 */
public final class Turn {
  private static final SafeLog LOG = SafeLog.of(Turn.class);

  /**
   * Runs tasks on the calling thread: at once, or, if it drives connections, when it has let go of
   * them all. So a task never runs while another one works on a connection, and tasks that lead to
   * each other do not grow the stack. They must neither block nor call the caller's code.
   */
  public static final Executor LATER = Turn::later;

  private static final ThreadLocal<Turn> BORROWED = new ThreadLocal<>();

  /** Whether the thread is the client's, or had Netty's thread locals before. */
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

  /**
   * The calling thread is about to wait for something else than a connection it drives. If it has
   * to do with other connections too, another thread takes over.
   */
  public static void beforeWaiting() {
    Completions.relieveHere();
  }

  /** {@return whether the calling thread completes futures, most likely several} */
  public static boolean completesFutures() {
    return Completions.runHere();
  }

  /**
   * Has something done when the futures have been completed that the calling thread completes.
   *
   * @param task what is to be done, soon; it must not block
   * @return whether the calling thread does that, and the task will run; on any thread
   */
  public static boolean afterCompletions(Runnable task) {
    return Completions.afterwards(task);
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

  /** Ends the turn that {@link #begin()} has begun. */
  public void end() {
    if (--begun == 0 && borrowed) {
      BORROWED.remove();
      if (!keepsThreadLocals) {
        FastThreadLocal.removeAll();
      }
    }
  }

  /** The calling thread begins to drive a connection. */
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
