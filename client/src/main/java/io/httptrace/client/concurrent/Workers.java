package io.httptrace.client.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Daemon threads for code that may block, as many as needed. Tasks are never rejected: after the
 * end they run on the calling thread.
 */
public final class Workers implements Executor {
  private final ThreadPoolExecutor threads;
  private volatile Runnable whenEnded = () -> {};

  /**
   * Makes an executor without threads; they start as needed.
   *
   * @param name the name of its threads
   */
  public Workers(String name) {
    this(DaemonThreads.named(name));
  }

  private Workers(ThreadFactory factory) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            factory,
            (task, pool) -> task.run()) {
          @Override
          protected void terminated() {
            whenEnded.run();
          }
        };
  }

  /**
   * {@return workers for what depends on the futures of requests} It may wait for each other, so
   * there must always be one more: in a pool of a certain size it could wait forever.
   *
   * @param name the name of its threads
   */
  public static Workers forDependents(String name) {
    return new Workers(DaemonThreads.forDependents(name));
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /**
   * {@return an executor that uses another one, and these threads if that one rejects or throws} A
   * task runs once, also if the other one has accepted it before it throws.
   *
   * @param first the other one
   */
  public Executor asFallbackFor(Executor first) {
    return task -> {
      Once once = new Once(task);
      try {
        first.execute(once);
      } catch (Throwable notTaken) {
        if (!once.get()) {
          execute(once);
        }
      }
    };
  }

  /** A task that runs once, in a turn of its thread; true once it has begun. */
  @SuppressWarnings("serial") // It is never serialized.
  private static final class Once extends AtomicBoolean implements Runnable {
    private final Runnable task;

    Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (compareAndSet(false, true)) {
        Turn.run(task);
      }
    }
  }

  /**
   * Lets the threads end when they have nothing left to do.
   *
   * @param then runs when they have ended
   */
  public void close(Runnable then) {
    whenEnded = then;
    threads.shutdown();
  }

  /** {@return whether all threads have ended in time} */
  public boolean awaitClosed(long nanos) throws InterruptedException {
    return threads.awaitTermination(nanos, TimeUnit.NANOSECONDS);
  }
}
