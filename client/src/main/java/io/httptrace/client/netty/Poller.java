package io.httptrace.client.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread that waits for all the connections that no caller waits for. It runs only what is ours,
 * and looks now and then whether a caller has left a connection alone.
 *
 * <p>Invariant: no wake-up is lost. The thread writes {@code blocked}, then looks whether there is
 * anything to look after, then waits; who changes what is wanted, or adds what is to be looked
 * after, does so first and then reads {@code blocked}, and wakes the selector.
 */
final class Poller {
  private static final System.Logger LOG = System.getLogger(Poller.class.getName());
  private static final long TICK_MILLIS = 5;

  /** A little less, as a wait may end a little early. */
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS) * 9 / 10;

  private final Selector selector;
  private final Runnable whenEnded;
  private final Consumer<SelectionKey> onKey = this::heard;

  /** The connections that have a selector of their own. */
  private final Set<Readiness> watched = ConcurrentHashMap.newKeySet();

  private volatile boolean blocked;
  private volatile boolean stopped;

  // Used by the thread only.
  private final List<Readiness> ready = new ArrayList<>();
  private long lastTick;

  /**
   * Makes a poller, and starts its thread.
   *
   * @param name of its thread
   * @param whenEnded runs when the thread ends
   */
  Poller(String name, Runnable whenEnded) {
    this.whenEnded = whenEnded;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DaemonThreads.forLoops(name).newThread(this::run).start();
  }

  SelectionKey register(SelectableChannel channel, Readiness readiness) throws IOException {
    SelectionKey key = channel.register(selector, 0, readiness);
    changed();
    return key;
  }

  /** Puts into effect what has changed of a key. */
  void changed() {
    if (blocked) {
      selector.wakeup();
    }
  }

  /** Looks after a connection that has a selector of its own. */
  void watch(Readiness readiness) {
    watched.add(readiness);
    changed();
  }

  void unwatch(Readiness readiness) {
    watched.remove(readiness);
  }

  /** Ends the thread when it is through with what it does. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  private void run() {
    try {
      while (!stopped) {
        try {
          poll();
        } catch (IOException | RuntimeException e) {
          LOG.log(System.Logger.Level.ERROR, "poller", e);
        }
      }
      selector.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "poller", e);
    } finally {
      whenEnded.run();
    }
  }

  private void poll() throws IOException {
    blocked = true;
    boolean watching;
    try {
      watching = !watched.isEmpty();
      selector.select(onKey, watching ? TICK_MILLIS : 0);
    } finally {
      blocked = false;
    }
    for (int i = 0; i < ready.size(); i++) {
      ready.get(i).dealWith();
    }
    ready.clear();
    if (watching) {
      tick();
    }
  }

  private void heard(SelectionKey key) {
    if (key.attachment() instanceof Readiness readiness && readiness.heard(key)) {
      ready.add(readiness);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - lastTick >= TICK_NANOS) {
      lastTick = now;
      watched.forEach(Readiness::tick);
    }
  }
}
