package io.httptrace.client.netty;

import io.httptrace.client.concurrent.ConnectionDriver;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * From whom a connection learns that its socket is ready: from the poller that all connections
 * share, or from a selector of its own, on which the caller who waits for its answer waits. Which
 * of them listens is in {@link PollingState}; here is what is wanted of them, and the waiting.
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
 * </ul>
 */
final class Readiness implements ConnectionDriver, Poller.Source {
  private final Poller poller;
  private final OwnSelector own = new OwnSelector();
  private final PollingState state;
  private final SerialTasks tasks;
  private final IntConsumer handler;
  private final ReadTime readTime = new ReadTime();
  private final Runnable deal = this::deal;

  private final AtomicInteger seen = new AtomicInteger();

  /** Whether readiness has been seen that has yet to be dealt with: none is wanted till then. */
  private final AtomicBoolean held = new AtomicBoolean();

  private volatile int interest;

  // Used by the poller's thread only.
  private boolean waiting; // heard, and not dealt with yet

  /**
   * Makes the readiness of one socket, which is not watched yet.
   *
   * @param channel the socket
   * @param poller asked when no caller waits
   * @param tasks run the handler
   * @param handler deals with readiness, as a task of the connection
   */
  Readiness(SelectableChannel channel, Poller poller, SerialTasks tasks, IntConsumer handler) {
    this.poller = poller;
    this.state = new PollingState(channel, poller, own, this, this::wanted);
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
    state.expectCaller();
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
      state.changed((wanted & ~before) != 0);
    }
  }

  private int wanted() {
    return held.get() ? 0 : interest;
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
      if (state.isShared()) {
        if (readTime.isWanted()) {
          readTime.ready(now.getAsLong());
        }
        seen.accumulateAndGet(key.readyOps(), (a, b) -> a | b);
        waiting = true;
        return true;
      }
      key.interestOps(0);
      // It may have come to be meant just now, and what was wanted may have been overwritten.
      state.changed(false);
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
      state.changed(false);
      tasks.execute(deal);
    }
  }

  private void deal() {
    int ops = seen.getAndSet(0) & interest;
    try {
      if (!state.isCancelled() && ops != 0) {
        readTime.begin();
        handler.accept(ops);
      }
    } finally {
      readTime.end();
      if (held.get()) {
        held.set(false);
        state.changed(true);
      }
    }
  }

  // ---- The caller who waits ----

  @Override
  public void attach() {
    state.attach();
  }

  @Override
  public void leave(boolean over) {
    state.leave(over);
  }

  @Override
  public void share() {
    state.share();
  }

  @Override
  public boolean drive(BooleanSupplier news) {
    if (!state.beginDriving()) {
      return false;
    }
    try {
      poll(Thread.currentThread(), news);
      return true; // what it has dealt with may be news
    } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
      // The channel is closed, or the system has no selector to give: then the poller is asked.
      state.shareNow();
      return false;
    } finally {
      state.releaseToken();
    }
  }

  private void poll(Thread me, BooleanSupplier news) throws IOException {
    state.driveNow();
    int wanted = wanted();
    own.listenFor(wanted);
    own.blocked(true);
    try {
      if (wanted() == wanted && state.isDrivenBy(me) && !news.getAsBoolean()) {
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
    state.wake(waiting);
  }

  // ---- Looking after it ----

  /** {@return whether nobody would notice now if the peer said something, or closed} */
  boolean isUnpolled() {
    return state.isUnpolled();
  }

  /** Deals with what has come while nobody listened. For a connection without an exchange. */
  void pollNow() {
    if (!state.isUnpolled() || !state.takeToken()) {
      return;
    }
    try {
      if (own.isOpen()) {
        own.listenFor(wanted());
        own.selectNow();
        dealWithOwn();
      }
    } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
      state.shareNow();
    } finally {
      state.releaseToken();
    }
  }

  /**
   * Looks whether the one who should wait on the own selector has stayed away: a caller may be in a
   * hook that blocks.
   */
  @Override
  public void tick() {
    state.tick();
  }

  /** There is nothing more to be told. The channel is closed. */
  void cancel() {
    state.cancel();
  }

  boolean isCancelled() {
    return state.isCancelled();
  }
}
