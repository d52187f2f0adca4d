package io.httptrace.client.concurrent;

import static java.util.Objects.requireNonNull;

import io.httptrace.adapter.SafeLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in the order in which they were added: the equivalent of a
 * goroutine. The caller's code (hooks, body handlers, subscribers, publishers) runs on a strand, so
 * that code that blocks holds up its own request and no other. The strand of a call whose code is
 * known not to block may run on an I/O thread.
 *
 * <p>The thread is borrowed: from an executor, or, while a caller waits in {@link #host}, from that
 * caller. A host with no task to run waits on the selector of its connection: see {@link
 * ConnectionDriver}.
 *
 * <pre>
 * pending  the tasks that were added and have not run. The thread that raises it from 0 signals: it
 *          wakes the host if there is one, or else gives the executor a drain.
 * draining the thread that runs tasks, or null. A drain that finds another one returns: that one
 *          checks pending again after it has let go.
 * host     the waiting caller, or null. A host that leaves gives the executor a drain if tasks are
 *          pending, so that a late signal is not lost; a second drain does no harm.
 * </pre>
 */
public final class Strand implements Executor {
  private static final SafeLog LOG = SafeLog.of(Strand.class);

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicReference<@Nullable Thread> draining = new AtomicReference<>();
  private final Runnable drain = this::drain;
  private volatile @Nullable Consumer<? super Throwable> onFailure;
  private volatile @Nullable Thread host;

  /** Whether the host can wait on a selector: a virtual thread would pin its carrier. */
  private final boolean hostSelects;

  /** The connection that the host drives while it waits; null for none. */
  private volatile @Nullable ConnectionDriver driver;

  /**
   * Makes a strand.
   *
   * @param executor provides the threads; must not reject. With an executor that runs a task at
   *     once on the calling thread, the thread that adds the first task runs the strand.
   */
  public Strand(Executor executor) {
    this(executor, null);
  }

  private Strand(Executor executor, @Nullable Thread host) {
    this.executor = requireNonNull(executor, "executor");
    this.host = host;
    this.hostSelects = host != null && !VirtualThreads.isCurrent();
  }

  /**
   * {@return a strand whose first task the calling thread runs, in a call of {@link #begin} that
   * must follow} All other tasks run after it.
   *
   * @param executor as for {@link #Strand}
   * @param hosted whether the calling thread will run the others too, in one call of {@link #host}:
   *     tasks added before wait for that call, and the executor runs those added after it
   */
  public static Strand begunHere(Executor executor, boolean hosted) {
    Thread here = Thread.currentThread();
    Strand strand = new Strand(executor, hosted ? here : null);
    strand.pending.set(1);
    strand.draining.set(here);
    return strand;
  }

  /**
   * Runs the first task of a strand that has {@linkplain #begunHere begun here}.
   *
   * @param first the task
   */
  public void begin(Runnable first) {
    try {
      run(first);
    } finally {
      draining.set(null);
    }
    if (pending.get() > 0) {
      signal();
    }
  }

  /** {@return whether the calling thread runs a task of this strand} */
  public boolean runsHere() {
    return draining.get() == Thread.currentThread();
  }

  /** {@return whether there is a host that can {@linkplain #drive drive} a connection} */
  public boolean canDrive() {
    return hostSelects && host != null;
  }

  /** {@return whether that is the calling thread, and runs a task of this strand} */
  public boolean canDriveHere() {
    return hostSelects && host == Thread.currentThread() && runsHere();
  }

  /**
   * {@return whether the calling thread is the host, and has been interrupted} Then {@link #host}
   * will throw, and the current task should stop.
   */
  public boolean interrupted() {
    Thread here = Thread.currentThread();
    return host == here && here.isInterrupted();
  }

  /**
   * Sets what to do when a task fails unexpectedly, for instance because a class is missing: a
   * thread that waits for its outcome must not wait forever.
   *
   * @param action gets the throwable of the first such task; runs once at most, on the strand
   */
  public void onFailure(Consumer<? super Throwable> action) {
    onFailure = action;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (pending.getAndIncrement() == 0) {
      signal();
    }
  }

  private void signal() {
    Thread waiting = host;
    if (waiting != null) {
      wake(waiting);
    } else {
      executor.execute(drain);
    }
  }

  /**
   * Runs tasks on the calling thread, which has {@linkplain #begunHere begun} the strand, until a
   * condition holds. It must become true in a task, or {@link #wake()} must be called afterwards.
   *
   * @param done the condition
   * @param onInterrupt runs after an interrupt, before another thread runs the remaining tasks
   * @throws InterruptedException if the thread is interrupted before the condition holds; the task
   *     that runs is run to its end
   */
  public void host(BooleanSupplier done, Runnable onInterrupt) throws InterruptedException {
    BooleanSupplier pause = () -> done.getAsBoolean() || interrupted();
    Parking parking = new Parking(done);
    try {
      while (!done.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        } else if (pending.get() > 0) {
          drainUntil(pause);
        } else {
          CallerThread.block(parking);
        }
      }
    } catch (InterruptedException e) {
      onInterrupt.run();
      throw e;
    } finally {
      host = null;
      if (pending.get() > 0) {
        executor.execute(drain);
      }
    }
  }

  /**
   * Sets the connection of this strand's exchange, or the one that is being dialled for it: a host
   * drives it while it waits, or else the poller does. A virtual thread parks instead. Called on
   * the strand.
   *
   * @param driven the connection; null for one that a caller cannot drive
   */
  public void drive(@Nullable ConnectionDriver driven) {
    ConnectionDriver before = driver;
    if (before != null && before != driven) {
      driver = null;
      before.leave(true);
    }
    if (driven == null) {
      return;
    }
    if (hostSelects && host == Thread.currentThread()) {
      driven.attach();
      driver = driven;
    } else {
      driven.share();
    }
  }

  /** Waits for a task, or for the host's condition. */
  private final class Parking implements ForkJoinPool.ManagedBlocker, BooleanSupplier {
    private final BooleanSupplier done;

    Parking(BooleanSupplier done) {
      this.done = done;
    }

    @Override
    public boolean isReleasable() {
      return pending.get() > 0 || done.getAsBoolean();
    }

    @Override
    public boolean getAsBoolean() {
      return isReleasable();
    }

    @Override
    public boolean block() throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      ConnectionDriver driven = driver;
      if (driven == null || !driven.drive(this)) {
        LockSupport.park(Strand.this);
      }
      return isReleasable();
    }
  }

  /** Makes the host, if there is one, check its condition. */
  public void wake() {
    Thread waiting = host;
    if (waiting != null) {
      wake(waiting);
    }
  }

  /** Does nothing on the host itself, which checks its condition before it parks. */
  private void wake(Thread waiting) {
    if (waiting != Thread.currentThread()) {
      LockSupport.unpark(waiting);
      ConnectionDriver driven = driver;
      if (driven != null) {
        driven.wake(waiting);
      }
    }
  }

  /**
   * The host has left, and drives no connection any more. Called on its thread.
   *
   * @param over whether the exchange is over; otherwise the poller drives the connection
   */
  public void left(boolean over) {
    ConnectionDriver driven = driver;
    if (driven != null) {
      driver = null;
      driven.leave(over);
    }
  }

  /**
   * Lets another executor run the pending tasks, in case the strand's own has dropped them, as
   * {@code shutdownNow} does. Otherwise this only changes which thread runs them.
   *
   * @param other the other executor
   */
  public void rescue(Executor other) {
    if (pending.get() > 0 && host == null) {
      other.execute(drain);
    }
  }

  private void drain() {
    drainUntil(() -> false);
  }

  private void drainUntil(BooleanSupplier done) {
    while (pending.get() > 0 && !done.getAsBoolean()) {
      if (!draining.compareAndSet(null, Thread.currentThread())) {
        return;
      }
      try {
        while (pending.get() > 0 && !done.getAsBoolean()) {
          run(requireNonNull(tasks.poll()));
        }
      } finally {
        draining.set(null);
      }
    }
  }

  private void failed(Throwable error) {
    LOG.error("task failed", error);
    Consumer<? super Throwable> action = onFailure;
    onFailure = null;
    if (action != null) {
      try {
        action.accept(error);
      } catch (Throwable again) {
        LOG.error("task failed", again);
      }
    }
  }

  /** Runs a task, and then decrements pending: until then no other thread signals. */
  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) {
      failed(t);
    } finally {
      pending.decrementAndGet();
    }
  }
}
