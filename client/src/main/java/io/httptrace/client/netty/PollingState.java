package io.httptrace.client.netty;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to the socket of one connection: the poller that all connections share, or the caller
 * who waits for its answer, on a selector of the connection's own.
 *
 * <pre>
 * state     shared  attached  who listens           what comes next
 * polled    true    anybody   the poller            driven, by beginDriving and driveNow
 * driven    false   a caller  the caller            polled, by leave(false) or share, or as the
 *                                                   caller stays away; unpolled, by leave(true)
 * unpolled  false   nobody    nobody                driven, by attach and those two; polled, by
 *                                                   share, or as nobody comes;
 *                                                   Readiness.pollNow looks once
 * </pre>
 *
 * <p>So an exchange that goes on without its caller is polled, and a connection without an exchange
 * is left alone for a while, as the next caller comes soon. The end of the channel ends all that.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>Only who has the token waits on the own selector, opens or closes it, or changes who
 *       listens. Others write what they want, and then take the token, or wake who has it.
 *   <li>Who releases the token goes to the state that is wanted by then, and wakes the thread that
 *       is attached, which may have parked for want of it.
 * </ul>
 */
final class PollingState {
  private final SelectableChannel channel;
  private final Poller poller;
  private final PollerKey pollerKey;
  private final OwnSelector own;
  private final Poller.Source source;

  /** The caller whose exchange it is, and who may wait on the own selector. */
  private final AtomicReference<@Nullable Thread> attached = new AtomicReference<>();

  private final AtomicReference<@Nullable Thread> token = new AtomicReference<>();

  private volatile boolean shared = true;
  private volatile boolean mustShare; // by who has the token
  private volatile boolean cancelled;

  /** How often a caller has waited. Written by who has the token. */
  private volatile int polls;

  // Used by the poller's thread only.
  private final AbsenceDetector absence = new AbsenceDetector();

  /**
   * Begins with the poller, which is not asked for anything yet.
   *
   * @param channel the socket
   * @param poller listens when no caller does
   * @param own on which a caller listens
   * @param source is told by the poller
   * @param wanted what the socket's readiness is wanted for; may change at any time
   */
  PollingState(
      SelectableChannel channel,
      Poller poller,
      OwnSelector own,
      Poller.Source source,
      IntSupplier wanted) {
    this.channel = channel;
    this.poller = poller;
    this.pollerKey = new PollerKey(poller, channel, source, wanted);
    this.own = own;
    this.source = source;
  }

  // ---- On any thread ----

  /** {@return whether the poller listens} */
  boolean isShared() {
    return shared;
  }

  /** {@return whether nobody listens, nor is about to} */
  boolean isUnpolled() {
    return !shared && attached.get() == null;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** {@return whether it is this thread that has to wait for the socket now} */
  boolean isDrivenBy(Thread caller) {
    return attached.get() == caller && !cancelled;
  }

  /**
   * What readiness is wanted for has changed: has the poller ask for it if it listens.
   *
   * @param more whether it may not wait for the next time that somebody begins to listen
   */
  void changed(boolean more) {
    if (shared) {
      pollerKey.update();
      if (more) {
        poller.changed();
      }
    } else if (more) {
      own.wake();
    }
  }

  /** Ends the wait of a thread that has the token. */
  void wake(Thread waiting) {
    if (token.get() == waiting) {
      own.wake();
    }
  }

  /** As {@link Readiness#expectCaller}. */
  void expectCaller() {
    if (takeToken()) {
      shared = false;
      poller.watch(source);
      releaseToken();
    }
  }

  /** Attaches the calling thread. */
  void attach() {
    mustShare = false;
    attached.set(Thread.currentThread());
    if (token.get() != null) {
      own.wake();
    }
  }

  /** Detaches the calling thread, if it is attached. If its exchange goes on, it is polled. */
  void leave(boolean over) {
    if (attached.compareAndSet(Thread.currentThread(), null) && !over) {
      mustShare = true;
      transition();
    }
  }

  /** Detaches whoever is attached, and has the poller listen. */
  void share() {
    if (!shared || attached.get() != null) {
      attached.set(null);
      mustShare = true;
      transition();
    }
  }

  /** Ends it: the channel is closed. */
  void cancel() {
    cancelled = true;
    pollerKey.cancel();
    transition();
  }

  /** Has who has the token go to the state that is wanted, be it the calling thread. */
  private void transition() {
    if (takeToken()) {
      releaseToken();
    } else {
      own.wake();
    }
  }

  // ---- The token ----

  /** {@return whether the calling thread has the token now, because nobody has had it} */
  boolean takeToken() {
    return token.compareAndSet(null, Thread.currentThread());
  }

  /** {@return whether the calling thread is attached, has the token now, and is to wait} */
  boolean beginDriving() {
    Thread me = Thread.currentThread();
    if (!isDrivenBy(me) || !takeToken()) {
      return false;
    }
    mustShare = false;
    if (attached.get() != me) {
      // It has been taken from this thread just now, and that may have been overwritten.
      mustShare = true;
      releaseToken();
      return false;
    }
    return true;
  }

  /** Gives the token back, in the state that is wanted. */
  void releaseToken() {
    Thread me = Thread.currentThread();
    assert token.get() == me : "not the one who has the token";
    do {
      if (cancelled) {
        close();
      } else if (mustShare) {
        shareNow();
      }
      token.set(null);
    } while (isTransitionDue() && token.compareAndSet(null, me));
    Thread next = attached.get();
    if (next != null && next != me) {
      LockSupport.unpark(next);
    }
  }

  private boolean isTransitionDue() {
    return cancelled ? own.isOpen() : mustShare && !shared;
  }

  // ---- With the token ----

  /**
   * From now on who has the token listens, and not the poller.
   *
   * @throws IOException if the channel is closed, or the system has no selector to give
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only who has the token writes it
  void driveNow() throws IOException {
    if (!own.isOpen()) {
      own.open(channel);
      poller.watch(source);
    }
    shared = false;
    polls++;
  }

  /** From now on the poller listens. */
  void shareNow() {
    if (!shared) {
      shared = true;
      pollerKey.update();
      poller.changed();
    }
  }

  private void close() {
    own.close();
    poller.unwatch(source);
  }

  // ---- On the poller's thread ----

  /** As {@link Poller.Source#tick}: has the poller listen if who should has stayed away. */
  void tick() {
    Thread caller = attached.get();
    boolean away = absence.tick(polls, token.get() != null, caller);
    if (away && (caller == null || !shared) && takeToken()) {
      shareNow();
      if (caller == null) {
        close();
      }
      releaseToken();
    }
  }
}
