package io.httptrace.okhttp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to connect to one address. OkHttp begins it on the thread that then connects the
 * socket, so a {@link TimedSocketFactory} finds it there.
 */
final class ConnectAttempt {
  private enum State {
    CONNECTING,
    CONNECTED,
    FAILED
  }

  private static final ThreadLocal<ConnectAttempt> CURRENT = new ThreadLocal<>();

  /** How many threads have one. While none has, nobody needs to look, which would cost an entry. */
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final OkHttpDial dial;
  private final InetSocketAddress route;
  private final InetSocketAddress peer;
  private final boolean timed;
  private final Thread thread = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
  private volatile @Nullable InetSocketAddress local;

  // Read and written by the thread of the attempt only.
  private boolean failureTold;

  /**
   * Begins an attempt.
   *
   * @param dial the dial it is part of
   * @param route the address in OkHttp's events
   * @param peer the address that is connected to
   * @param timed whether the socket tells when it is connected
   */
  ConnectAttempt(OkHttpDial dial, InetSocketAddress route, InetSocketAddress peer, boolean timed) {
    this.dial = dial;
    this.route = route;
    this.peer = peer;
    this.timed = timed;
  }

  InetSocketAddress peer() {
    return peer;
  }

  boolean timed() {
    return timed;
  }

  /** {@return this end of the connection; null if that is not known} */
  @Nullable InetSocketAddress local() {
    return local;
  }

  boolean isConnecting() {
    return state.get() == State.CONNECTING;
  }

  boolean isTo(InetSocketAddress address) {
    return route.equals(address);
  }

  /** Has the socket that is connected next on this thread tell this. */
  void makeCurrent() {
    if (CURRENT.get() == null) {
      COUNT.incrementAndGet();
    }
    CURRENT.set(this);
  }

  /** {@return the attempt of this thread, which is then over for it; null if there is none} */
  static @Nullable ConnectAttempt takeCurrent() {
    if (COUNT.get() == 0) {
      return null;
    }
    ConnectAttempt current = CURRENT.get();
    CURRENT.remove();
    if (current != null) {
      COUNT.decrementAndGet();
    }
    return current;
  }

  /** {@return how many threads have an attempt} */
  static int count() {
    return COUNT.get();
  }

  /**
   * Ends it.
   *
   * @param address this end
   */
  void connected(InetSocketAddress address) {
    local = address;
    connected(System.nanoTime());
  }

  /**
   * Ends it.
   *
   * @param at when it was connected
   */
  void connected(long at) {
    if (state.compareAndSet(State.CONNECTING, State.CONNECTED)) {
      dial.connectDone(at, peer, null);
    }
  }

  /** Ends it with an error, unless it has ended. */
  void failed(Exception error) {
    long now = System.nanoTime();
    if (state.compareAndSet(State.CONNECTING, State.FAILED)) {
      dial.connectDone(now, peer, stopped(error) ? cancellation(error) : error);
    }
  }

  /** Ends it as one that lost the race, unless it has ended. */
  void lost() {
    long now = System.nanoTime();
    if (state.compareAndSet(State.CONNECTING, State.FAILED)) {
      dial.connectDone(now, peer, new CancellationException("another attempt was faster"));
    }
  }

  /**
   * {@return whether OkHttp means this attempt when it says, on this thread, that connecting to an
   * address has failed} It says the same of TLS and of tunnels.
   */
  boolean isFailing(InetSocketAddress address) {
    if (thread != Thread.currentThread()
        || failureTold
        || state.get() == State.CONNECTED
        || !isTo(address)) {
      return false;
    }
    failureTold = true;
    if (timed) {
      takeCurrent(); // it is still there if the socket was not even asked to connect
    }
    return true;
  }

  /** A socket that is closed while it connects fails with an error that does not say why. */
  private boolean stopped(Exception error) {
    return dial.isStopped()
        && error instanceof IOException
        && !(error instanceof ConnectException)
        && !(error instanceof SocketTimeoutException);
  }

  private static CancellationException cancellation(Exception error) {
    CancellationException stopped = new CancellationException("the attempt was stopped");
    stopped.initCause(error);
    return stopped;
  }
}
