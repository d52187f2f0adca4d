package io.httptrace.client.netty;

import io.httptrace.adapter.SafeLog;
import io.httptrace.client.concurrent.StateLock;
import io.httptrace.client.concurrent.Turn;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, on the threads that bring them. It has no thread: who brings a
 * task while none runs is the owner from then on, runs that task at once, and after it those that
 * others bring meanwhile.
 *
 * <p>Invariant: there is one owner. {@code pending} counts the tasks that have come and have not
 * been counted off; who raises it from 0 is the owner until it is 0 again. A task is in the queue
 * before it is counted, so an owner finds as many as it has counted; and as all owners go through
 * that counter, each sees what the one before has written.
 *
 * <p>Tasks must not block and must not call what is the caller's, and no lock of the client may be
 * held by who brings one: the calling thread may have to run tasks of others.
 */
public final class SerialTasks implements Executor {
  private static final SafeLog LOG = SafeLog.of(SerialTasks.class);

  private final AtomicInteger pending = new AtomicInteger();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread owner;

  // Used by the owner only.
  private @Nullable Runnable atEnd;
  private boolean mixed;

  /** Runs a task at once, or has the owner run it after those before it. */
  @Override
  public void execute(Runnable task) {
    if (!tryRun(task)) {
      tasks.add(task);
      if (pending.getAndIncrement() == 0) {
        Turn turn = Turn.enterLoop();
        runQueued(1);
        turn.exitLoop();
      }
    }
  }

  /** {@return whether nobody ran tasks, and this one has been run} */
  boolean tryRun(Runnable task) {
    assert StateLock.noneHeld() : "a lock is held where tasks of others may run";
    if (!pending.compareAndSet(0, 1)) {
      return false;
    }
    Turn turn = Turn.enterLoop();
    owner = Thread.currentThread();
    run(task);
    int left = release(1);
    if (left != 0) {
      runQueued(left);
    }
    turn.exitLoop();
    return true;
  }

  private void runQueued(int known) {
    int left = known;
    do {
      assert owner == null : "there is another owner";
      owner = Thread.currentThread();
      mixed = true;
      for (int i = 0; i < left; i++) {
        Runnable task = tasks.poll();
        assert task != null : "a task has been counted that is not there";
        if (task != null) {
          run(task);
        }
      }
      left = release(left);
    } while (left != 0);
  }

  /** {@return how many tasks have come meanwhile} If it is 0 there may be another owner by now. */
  private int release(int done) {
    for (Runnable last = atEnd; last != null; last = atEnd) {
      atEnd = null;
      run(last); // which may ask for another one
    }
    mixed = false;
    owner = null;
    return pending.addAndGet(-done);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) {
      LOG.error("task failed", t);
    }
  }

  /**
   * Runs a task when the owner has run the tasks it knows of. In a task only.
   *
   * @param task the task; one that is set already is replaced, so it should be the same
   */
  void atEnd(Runnable task) {
    assert owner == Thread.currentThread() : "not the owner";
    atEnd = task;
  }

  /**
   * {@return whether tasks have run since the last end that others may have brought: they had to
   * wait} In a task only.
   */
  boolean isMixed() {
    return mixed;
  }

  /** {@return whether a thread runs tasks} Only of the calling thread it is true for longer. */
  public boolean isOwner(Thread thread) {
    return owner == thread;
  }
}
