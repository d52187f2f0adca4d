package io.httptrace.client.netty;

import io.httptrace.client.concurrent.ConnectionDriver;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * From whom a connection learns that its socket is ready: from the poller that all connections
 * share, or from a selector of its own, on which the caller who waits for its answer waits.
 *
 * <pre>
 * state     shared  attached  who listens           what comes next
 * polled    true    anybody   the poller            driven, by drive
 * driven    false   a caller  the caller, in drive  polled, by leave(false) or share, or as the
 *                                                   caller stays away; unpolled, by leave(true)
 * unpolled  false   nobody    nobody                driven, by attach and drive; polled, by share,
 *                                                   or as nobody comes; pollNow looks once
 * </pre>
 *
 * <p>So an exchange that goes on without its caller is polled, and a connection without an exchange
 * is left alone for a while, as the next caller comes soon. The end of the channel ends all that.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>No wake-up is lost. Who waits says so ({@link OwnSelector#blocked}), then looks whether
 *       there is news, and then waits; who brings news writes that first, then looks who waits, and
 *       wakes the selector, which then does not wait, or not for long. News are: tasks of the
 *       waiting strand, the end of the call, another interest, another thread attached, the end of
 *       the channel.
 *   <li>What is wanted is put into effect by whoever is about to wait, in the own selector; in that
 *       of the poller by whoever changes it, who then looks again whether it is still what is
 *       wanted: so the last one to write is right, whoever that is.
 *   <li>From the poller to the own selector without a word: the poller stops to listen when it
 *       hears something that is not for it. Back with one: it is woken if it waits.
 *   <li>Who releases the token wakes the thread that is attached, which may have parked for want of
 *       it.
 * </ul>
 */
final class Readiness implements ConnectionDriver, Poller.Source {
  private final SelectableChannel channel;
  private final Poller poller;
  private final PollerKey pollerKey;
  private final SerialTasks tasks;
  private final IntConsumer handler;
  private final ReadTime readTime = new ReadTime();
  private final Runnable deal = this::deal;

  /** The caller whose exchange it is, and who may wait on the own selector. */
  private final AtomicReference<@Nullable Thread> attached = new AtomicReference<>();

  /** A token: only who has it waits on the own selector, opens or closes it, changes shared. */
  private final AtomicReference<@Nullable Thread> polling = new AtomicReference<>();

  private final AtomicInteger seen = new AtomicInteger();

  /** Whether readiness has been seen that has yet to be dealt with: none is wanted till then. */
  private final AtomicBoolean held = new AtomicBoolean();

  private volatile boolean shared = true;
  private volatile boolean mustShare; // by who has the token
  private volatile boolean cancelled;
  private volatile int interest;

  /** How often a caller has waited. Written by who has the token. */
  private volatile int polls;

  private final OwnSelector own = new OwnSelector();

  // Used by the poller's thread only.
  private boolean waiting; // heard, and not dealt with yet
  private final AbsenceDetector absence = new AbsenceDetector();

  /**
   * Makes the readiness of one socket, which is not watched yet.
   *
   * @param channel the socket
   * @param poller asked when no caller waits
   * @param tasks run the handler
   * @param handler deals with readiness, as a task of the connection
   */
  Readiness(SelectableChannel channel, Poller poller, SerialTasks tasks, IntConsumer handler) {
    this.channel = channel;
    this.poller = poller;
    this.pollerKey = new PollerKey(poller, channel, this, this::wanted);
    this.tasks = tasks;
    this.handler = handler;
  }

  /** Begins, with the poller. */
  void start() {
    if (!poller.isOpen()) {
      throw new ClosedSelectorException();
    }
  }

  /**
   * Leaves the poller out of it, as the calling thread is about to attach itself, and then to wait.
   * For a socket for which nothing has been wanted yet.
   */
  void expectCaller() {
    if (polling.compareAndSet(null, Thread.currentThread())) {
      shared = false;
      poller.watch(this);
      releaseToken();
    }
  }

  // ---- What is wanted ----

  int interest() {
    return interest;
  }

  /** Sets what readiness is wanted for. As a task of the connection. */
  void interest(int wanted) {
    int before = interest;
    if (wanted != before) {
      interest = wanted;
      changed((wanted & ~before) != 0);
    }
  }

  private int wanted() {
    return held.get() ? 0 : interest;
  }

  private void changed(boolean more) {
    if (shared) {
      pollerKey.update();
      if (more) {
        poller.changed();
      }
    } else if (more) {
      own.wake();
    }
  }

  // ---- Readiness ----

  ReadTime readTime() {
    return readTime;
  }

  /** A read has filled its buffer, or has not. As a task of the connection. */
  void readFull(boolean now) {
    own.readFull(now);
  }

  @Override
  public boolean heard(SelectionKey key, LongSupplier now) {
    if (waiting) {
      return false;
    }
    try {
      if (shared) {
        if (readTime.isWanted()) {
          readTime.ready(now.getAsLong());
        }
        seen.accumulateAndGet(key.readyOps(), (a, b) -> a | b);
        waiting = true;
        return true;
      }
      key.interestOps(0);
      if (shared) {
        // It has come to be meant just now, and what was wanted may have been overwritten.
        pollerKey.update();
      }
    } catch (CancelledKeyException closed) {
      // There is nothing to be told of any more.
    }
    return false;
  }

  @Override
  public void dealWith() {
    waiting = false;
    dealWithSeen();
  }

  /** Deals with what has been seen, or has the thread do so that runs the connection's tasks. */
  private void dealWithSeen() {
    if (!tasks.tryRun(deal) && held.compareAndSet(false, true)) {
      // Nobody is to hear of it again until it is dealt with.
      if (shared) {
        pollerKey.update();
      }
      tasks.execute(deal);
    }
  }

  private void deal() {
    int ops = seen.getAndSet(0) & interest;
    try {
      if (!cancelled && ops != 0) {
        readTime.begin();
        handler.accept(ops);
      }
    } finally {
      readTime.end();
      if (held.get()) {
        held.set(false);
        changed(true);
      }
    }
  }

  // ---- The caller who waits ----

  @Override
  public void attach() {
    mustShare = false;
    attached.set(Thread.currentThread());
    if (polling.get() != null) {
      own.wake();
    }
  }

  @Override
  public void leave(boolean over) {
    if (attached.compareAndSet(Thread.currentThread(), null) && !over) {
      mustShare = true;
      transition();
    }
  }

  @Override
  public void share() {
    if (!shared || attached.get() != null) {
      attached.set(null);
      mustShare = true;
      transition();
    }
  }

  /** Has who has the token go to the state that is wanted, be it the calling thread. */
  private void transition() {
    if (polling.compareAndSet(null, Thread.currentThread())) {
      releaseToken();
    } else {
      own.wake();
    }
  }

  @Override
  public boolean drive(BooleanSupplier news) {
    Thread me = Thread.currentThread();
    if (attached.get() != me || cancelled || !polling.compareAndSet(null, me)) {
      return false;
    }
    try {
      mustShare = false;
      if (attached.get() != me) {
        // It has been taken from this thread just now, and that may have been overwritten.
        mustShare = true;
        return false;
      }
      poll(me, news);
      return true; // what it has dealt with may be news
    } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
      // The channel is closed, or the system has no selector to give: then the poller is asked.
      shareNow();
      return false;
    } finally {
      releaseToken();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only who has the token writes it
  private void poll(Thread me, BooleanSupplier news) throws IOException {
    if (!own.isOpen()) {
      own.open(channel);
      poller.watch(this);
    }
    shared = false;
    polls++;
    int wanted = wanted();
    own.listenFor(wanted);
    own.blocked(true);
    try {
      if (wanted() == wanted && attached.get() == me && !cancelled && !news.getAsBoolean()) {
        own.select();
      }
    } finally {
      own.blocked(false);
    }
    dealWithOwn();
  }

  private void dealWithOwn() {
    int ready = own.ready();
    if (ready != 0) {
      if (readTime.isWanted()) {
        readTime.ready(System.nanoTime());
      }
      seen.accumulateAndGet(ready, (a, b) -> a | b);
      dealWithSeen();
    }
  }

  @Override
  public void wake(Thread waiting) {
    if (polling.get() == waiting) {
      own.wake();
    }
  }

  // ---- With the token ----

  private void close() {
    own.close();
    poller.unwatch(this);
  }

  private void shareNow() {
    if (!shared) {
      shared = true;
      pollerKey.update();
      poller.changed();
    }
  }

  private boolean isTransitionDue() {
    return cancelled ? own.isOpen() : mustShare && !shared;
  }

  /** Gives the token back, in the state that is wanted. */
  private void releaseToken() {
    Thread me = Thread.currentThread();
    assert polling.get() == me : "not the one who polls";
    do {
      if (cancelled) {
        close();
      } else if (mustShare) {
        shareNow();
      }
      polling.set(null);
    } while (isTransitionDue() && polling.compareAndSet(null, me));
    Thread next = attached.get();
    if (next != null && next != me) {
      LockSupport.unpark(next);
    }
  }

  // ---- Looking after it ----

  /** {@return whether nobody would notice now if the peer said something, or closed} */
  boolean isUnpolled() {
    return !shared && attached.get() == null;
  }

  /** Deals with what has come while nobody listened. For a connection without an exchange. */
  void pollNow() {
    Thread me = Thread.currentThread();
    if (!isUnpolled() || !polling.compareAndSet(null, me)) {
      return;
    }
    try {
      if (own.isOpen()) {
        own.listenFor(wanted());
        own.selectNow();
        dealWithOwn();
      }
    } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
      shareNow();
    } finally {
      releaseToken();
    }
  }

  /**
   * Looks whether the one who should wait on the own selector has stayed away: a caller may be in a
   * hook that blocks.
   */
  @Override
  public void tick() {
    Thread caller = attached.get();
    boolean away = absence.tick(polls, polling.get() != null, caller);
    if (away
        && (caller == null || !shared)
        && polling.compareAndSet(null, Thread.currentThread())) {
      shareNow();
      if (caller == null) {
        close();
      }
      releaseToken();
    }
  }

  /** There is nothing more to be told. The channel is closed. */
  void cancel() {
    cancelled = true;
    pollerKey.cancel();
    transition();
  }

  boolean isCancelled() {
    return cancelled;
  }
}
