package io.httptrace.client.concurrent;

import io.httptrace.adapter.SafeLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Completes futures on the thread of a poller, and with them runs what depends on them, which is
 * the caller's: to wake another thread for each would cost more than all the rest of a request.
 *
 * <p>As that may block or take long, the poller is relieved of it: another thread polls from then
 * on, and this one ends when it comes back. It is relieved at once when it comes to wait in the
 * client ({@link #relieveHere}), else when it is found waiting at two looks, or running on and on
 * at three. After that, or when completions take long again and again, they go elsewhere for a
 * while, and for longer if it happens again soon.
 *
 * <pre>
 * outside  the thread that has left polling to run completions; null if none has. Whoever takes it
 *          away decides: the thread itself, and goes on polling, or who relieves it.
 * begun    how many completions have been begun
 * away     how many of those to come go elsewhere
 * </pre>
 *
 * <p>Invariant: the thread that is outside owns no connection, and has left nothing half done of
 * what the poller does.
 */
public final class Completions implements Executor {
  private static final SafeLog LOG = SafeLog.of(Completions.class);

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** At how many further looks one that waits must be found at it. */
  private static final int WAITING = 1;

  /** The same for one that could run: it has perhaps only lost its processor. */
  private static final int RUNNABLE = 2;

  /** How long the others may be held up without further ado. */
  public static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private static final int SPELL = 256;
  private static final int LONGEST_SPELL = 1 << 12;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Executor elsewhere;
  private final Clock clock;
  private final Runnable wakePoller;
  private final Consumer<Thread> replacePoller;
  private final Runnable look = this::look;

  /** To be done when the completions have run, by the thread that polls then. */
  private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();

  private final AtomicReference<@Nullable Thread> outside = new AtomicReference<>();

  /** Who another thread has been started for; it has yet to take over. */
  private final AtomicReference<@Nullable Thread> relieved = new AtomicReference<>();

  private final AtomicInteger away = new AtomicInteger();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile boolean ended;

  private volatile int begun;
  private volatile int spell = SPELL;

  // Used by the thread that polls, or is outside and has not been relieved.
  private final Durations durations = new Durations();

  // Used on the clock's thread.
  private int seenBegun;
  private int ticks;

  /**
   * Makes those of one poller.
   *
   * @param elsewhere runs those that go elsewhere
   * @param clock for looking whether the poller is held up
   * @param wakePoller makes the poller, if it waits, run what there is
   * @param replacePoller starts another thread, which is to {@linkplain #takeOver take over} from
   *     the one it is given
   */
  public Completions(
      Executor elsewhere, Clock clock, Runnable wakePoller, Consumer<Thread> replacePoller) {
    this.elsewhere = elsewhere;
    this.clock = clock;
    this.wakePoller = wakePoller;
    this.replacePoller = replacePoller;
  }

  /** How long completions took: one may only have lost its processor, but not again and again. */
  private final class Durations {
    private static final int ONE = 32;
    private static final int TOO_MANY = 3 * ONE;
    private int score;
    private int good;

    /** {@return whether too many have taken long} */
    boolean add(long nanos) {
      if (nanos > LONG_NANOS) {
        score += ONE;
      } else {
        score = Math.max(score - 1, 0);
        good++;
      }
      if (score >= TOO_MANY) {
        score = 0;
        good = 0;
        return true;
      }
      if (good > spell) {
        good = 0;
        spell = Math.max(spell / 2, SPELL);
      }
      return false;
    }
  }

  @Override
  public void execute(Runnable task) {
    if (stopped || goesAway()) {
      elsewhere.execute(task);
      return;
    }
    tasks.add(task);
    if (ended && tasks.remove(task)) {
      elsewhere.execute(task);
    } else {
      wakePoller.run();
    }
  }

  private boolean goesAway() {
    return away.get() > 0 && away.getAndDecrement() > 0;
  }

  private void sendAway() {
    int next = spell;
    spell = Math.min(4 * next, LONGEST_SPELL);
    away.set(next);
  }

  /** What waits for the poller does not wait for one that holds it up. */
  private void sendTasksAway() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      elsewhere.execute(task);
    }
  }

  // ---- By the thread that polls ----

  /** The calling thread polls from now on. */
  public void begin() {
    if (Thread.currentThread() instanceof ClientThread me) {
      me.completions = this;
    }
  }

  /** {@return whether the calling thread polls, or has left polling to run completions} */
  public boolean runsHere() {
    return Thread.currentThread() instanceof ClientThread me && me.completions == this;
  }

  /** {@return whether there is nothing to run, so that the poller may wait} */
  public boolean isEmpty() {
    return tasks.isEmpty() && afterwards.isEmpty();
  }

  /**
   * Runs what there is, or as much as can be done before it is time to look at the connections.
   *
   * @param nanos when it is time, at most {@link #LONG_NANOS}
   * @return whether the calling thread still polls
   */
  public boolean run(long nanos) {
    boolean polls = tasks.isEmpty() || runTasks(nanos);
    if (polls) {
      runAfterwards();
    }
    return polls;
  }

  private boolean runTasks(long nanos) {
    Thread me = Thread.currentThread();
    mark(me, this);
    outside.set(me);
    try {
      if (!looking.get() && looking.compareAndSet(false, true)) {
        clock.schedule(look, TICK_NANOS);
      }
      long start = clock.nanoTime();
      long before = start;
      while (!stopped && outside.get() == me && before - start < nanos) {
        Runnable task = tasks.poll();
        if (task == null) {
          break;
        }
        run(task);
        long after = clock.nanoTime();
        if (outside.get() == me && durations.add(after - before)) {
          sendAway();
          sendTasksAway();
        }
        before = after;
      }
    } catch (Throwable t) {
      LOG.error("completion failed", t);
    }
    mark(me, null);
    return outside.compareAndSet(me, null);
  }

  private static void mark(Thread me, @Nullable Completions of) {
    if (me instanceof ClientThread own) {
      own.outsideOf = of;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // if it counts one too few that is soon made good
  private void run(Runnable task) {
    begun++;
    try {
      task.run();
    } catch (Throwable t) {
      LOG.error("completion failed", t);
    } finally {
      Thread.interrupted(); // an interrupt was meant for what ran, not for what comes next
    }
  }

  /** Does what was to be done after the completions. */
  public void runAfterwards() {
    for (Runnable task = afterwards.poll(); task != null; task = afterwards.poll()) {
      try {
        task.run();
      } catch (Throwable t) {
        LOG.error("task failed", t);
      }
    }
  }

  /** What is left, and what comes, goes elsewhere. */
  public void end() {
    ended = true;
    sendTasksAway();
    runAfterwards();
  }

  // ---- By the thread that is outside ----

  /** {@return whether the calling thread runs completions, and nobody has relieved it} */
  static boolean runHere() {
    return Thread.currentThread() instanceof ClientThread me
        && me.outsideOf != null
        && me.outsideOf.outside.get() == me;
  }

  /**
   * Has something done after the completions that run now, or when the poller is relieved of one.
   * It must not block.
   *
   * @return whether the calling thread runs completions, and it will be done
   */
  static boolean afterwards(Runnable task) {
    if (!(Thread.currentThread() instanceof ClientThread me)) {
      return false;
    }
    Completions of = me.outsideOf;
    if (of == null || of.outside.get() != me) {
      return false;
    }
    of.afterwards.add(task);
    if (of.outside.get() != me) {
      of.runAfterwards(); // the thread that has relieved it may have looked before
    }
    return true;
  }

  /** The calling thread will wait for something: if it is outside, another one is to poll. */
  static void relieveHere() {
    if (Thread.currentThread() instanceof ClientThread me) {
      Completions of = me.outsideOf;
      if (of != null && of.outside.get() == me) {
        of.replace(me);
      }
    }
  }

  // ---- Relief ----

  /** There will be no more looks: what comes goes elsewhere, and what runs does not hold it up. */
  public void stop() {
    stopped = true;
    relieve();
  }

  /** Has another thread poll if the one that does is outside, whatever it does there. */
  void relieve() {
    Thread held = outside.get();
    if (held != null) {
      replace(held);
    }
  }

  private void replace(Thread held) {
    if (relieved.getAndSet(held) != held) {
      sendAway();
      try {
        replacePoller.accept(held);
      } catch (Throwable t) {
        // The system has no thread to give: things stay as they are.
        relieved.set(null);
        LOG.error("no thread", t);
      }
    }
  }

  /** {@return whether the calling thread polls now, in place of one that was outside} */
  public boolean takeOver(Thread held) {
    boolean taken = outside.compareAndSet(held, null);
    relieved.compareAndSet(held, null);
    if (taken) {
      sendTasksAway();
    }
    return taken;
  }

  /** Looks, on the clock's thread, whether the poller is held up by what it runs. */
  private void look() {
    Thread held = outside.get();
    int now = begun;
    if (now != seenBegun) {
      seenBegun = now;
      ticks = 0;
    } else if (held == null) {
      looking.set(false);
      boolean missed = begun != now || outside.get() != null;
      if (!missed || !looking.compareAndSet(false, true)) {
        return;
      }
    } else if (++ticks >= (held.getState() == Thread.State.RUNNABLE ? RUNNABLE : WAITING)) {
      ticks = 0;
      replace(held);
    }
    clock.schedule(look, TICK_NANOS);
  }
}
