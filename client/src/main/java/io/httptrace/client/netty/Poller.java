package io.httptrace.client.netty;

import io.httptrace.adapter.SafeLog;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.concurrent.Completions;
import io.httptrace.client.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A thread that waits for all the connections that no caller waits for. It runs only what is ours,
 * and looks now and then whether a caller has left a connection alone. Between two waits it may
 * {@linkplain Completions complete futures}; if that takes long another thread polls in its place.
 *
 * <p>Invariant: no wake-up is lost. The thread writes {@code blocked}, then looks whether there is
 * anything to look after, then waits; who changes what is wanted, or adds what is to be looked
 * after, does so first and then reads {@code blocked}, and wakes the selector. What is to be looked
 * after need not wake it while it does not wait for longer than a tick.
 */
final class Poller {
  private static final SafeLog LOG = SafeLog.of(Poller.class);
  private static final long TICK_MILLIS = 5;

  /** How long what has come may go unnoticed, if somebody wants to know when it came. */
  static final long LISTEN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** A little less, as a wait may end a little early. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS) * 9 / 10;

  private final Selector selector;
  private final Runnable whenEnded;
  private final ThreadFactory threads;
  private final Completions completions;
  private final Consumer<SelectionKey> onKey = this::heard;
  private final Consumer<Source> onTick = Poller::tick;

  /** The connections that have a selector of their own. */
  private final Set<Source> watched = ConcurrentHashMap.newKeySet();

  private volatile boolean blocked;

  /** Whether it looks after those at the next tick, without being woken. */
  private volatile boolean ticking;

  private volatile boolean stopped;

  // Used by the thread that polls only.
  private List<Source> heard = new ArrayList<>();
  private List<Source> pass = new ArrayList<>();
  private long lastTick;

  /** When the selector came back; 0 if it is not known. */
  private long selectedAt;

  /** Whether somebody has asked for that of those who have been heard. */
  private boolean timed;

  /** The same of those who have been dealt with last. */
  private boolean dealtTimed;

  private final LongSupplier now = this::selectedAt;

  /** A connection that is listened to. Called on the poller's thread. */
  interface Source {
    /**
     * The socket is ready. {@return whether that is news, to be dealt with}
     *
     * @param now when that was found, by {@link System#nanoTime}; the clock is read when that is
     *     asked
     */
    boolean heard(SelectionKey key, LongSupplier now);

    /** Deals with the news, once those of the other connections are known. */
    void dealWith();

    /** Looks whether the caller who should wait for it stays away; once for each tick. */
    void tick();
  }

  /**
   * Makes a poller, and starts its thread.
   *
   * @param name of its threads
   * @param clock for looking whether it is held up by a completion
   * @param elsewhere runs completions that it does not
   * @param whenEnded runs when it ends
   */
  Poller(String name, Clock clock, Executor elsewhere, Runnable whenEnded) {
    this(open(), DaemonThreads.forLoops(name), clock, elsewhere, whenEnded);
  }

  /**
   * Makes a poller, and starts its thread.
   *
   * @param selector on which it waits; is closed at the end
   * @param threads makes its threads
   * @param clock for looking whether it is held up by a completion
   * @param elsewhere runs completions that it does not
   * @param whenEnded runs when it ends
   */
  Poller(
      Selector selector,
      ThreadFactory threads,
      Clock clock,
      Executor elsewhere,
      Runnable whenEnded) {
    this.selector = selector;
    this.threads = threads;
    this.completions = new Completions(elsewhere, clock, this::changed, this::replace);
    this.whenEnded = whenEnded;
    threads.newThread(this::run).start();
  }

  private static Selector open() {
    try {
      return Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return whether it has not ended} */
  boolean isOpen() {
    return selector.isOpen();
  }

  /** Makes a key that wants nothing yet: there is nothing to put into effect. */
  SelectionKey register(SelectableChannel channel, Source source) throws IOException {
    return channel.register(selector, 0, source);
  }

  /** Puts into effect what has changed of a key. */
  void changed() {
    if (blocked) {
      selector.wakeup();
    }
  }

  /** Looks after a connection that has a selector of its own. */
  void watch(Source source) {
    watched.add(source);
    if (!ticking) {
      changed();
    }
  }

  void unwatch(Source source) {
    watched.remove(source);
  }

  /** {@return whether the calling thread is its own} */
  boolean runsHere() {
    return completions.runsHere();
  }

  /** Completes futures on its thread, or elsewhere. */
  Executor completions() {
    return completions;
  }

  private void replace(Thread held) {
    threads
        .newThread(
            () -> {
              if (completions.takeOver(held)) {
                completions.runAfterwards();
                run();
              }
            })
        .start();
  }

  /** Ends it when it has finished what it does, but for a completion that holds it up. */
  void stop() {
    stopped = true;
    completions.stop();
    selector.wakeup();
  }

  private void run() {
    completions.begin();
    while (!stopped) {
      try {
        poll();
      } catch (Throwable t) {
        LOG.error("poller", t); // all connections need this thread
      }
      if (!completions.run(dealtTimed ? LISTEN_NANOS : Completions.LONG_NANOS)) {
        return; // another thread polls
      }
    }
    try {
      completions.end();
      selector.close();
    } catch (IOException e) {
      LOG.error("poller", e);
    } finally {
      whenEnded.run();
    }
  }

  private void poll() throws IOException {
    ticking = false;
    blocked = true;
    boolean watching;
    try {
      watching = !watched.isEmpty();
      ticking = watching;
      if (heard.isEmpty() && completions.isEmpty()) {
        selectedAt = 0;
        selector.select(onKey, watching ? TICK_MILLIS : 0);
      } else {
        listen();
      }
    } finally {
      blocked = false;
    }
    dealWithHeard();
    if (watching) {
      tick();
    }
  }

  /** Looks who is ready, without waiting. */
  private void listen() throws IOException {
    selectedAt = 0;
    selector.selectNow(onKey);
  }

  private long selectedAt() {
    timed = true;
    if (selectedAt == 0) {
      selectedAt = System.nanoTime();
    }
    return selectedAt;
  }

  /**
   * Deals with what has been heard. If somebody wants to know when it was there, looks now and then
   * what else has come; that is dealt with after this.
   */
  private void dealWithHeard() {
    if (!heard.isEmpty() || completions.isEmpty()) { // else what is completed comes of those before
      dealtTimed = timed;
      timed = false;
    }
    List<Source> dealt = heard;
    heard = pass;
    pass = dealt;
    for (int i = 0; i < dealt.size(); i++) {
      dealWith(dealt.get(i));
      if (dealtTimed) {
        listenIfDue();
      }
    }
    dealt.clear();
  }

  private void listenIfDue() {
    long time = System.nanoTime();
    if (time - selectedAt > LISTEN_NANOS) {
      try {
        listen();
      } catch (Throwable t) {
        LOG.error("poller", t); // those who have been heard are dealt with all the same
      }
      selectedAt = time;
    }
  }

  // What goes wrong with one connection must not keep the others from being heard.

  private void heard(SelectionKey key) {
    try {
      if (key.attachment() instanceof Source source && source.heard(key, now)) {
        heard.add(source);
      }
    } catch (Throwable t) {
      LOG.error("connection failed", t);
    }
  }

  private static void dealWith(Source source) {
    try {
      source.dealWith();
    } catch (Throwable t) {
      LOG.error("connection failed", t);
    }
  }

  private static void tick(Source source) {
    try {
      source.tick();
    } catch (Throwable t) {
      LOG.error("connection failed", t);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - lastTick >= TICK_NANOS) {
      lastTick = now;
      watched.forEach(onTick);
    }
  }
}
