package io.httptrace.client.pool;

import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.route.PoolKey;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for a connection: one that another request releases, or one dialled for it,
 * whichever comes first. (Go's {@code wantConn}.)
 *
 * <p>It is settled once: by a connection, an error, or its cancellation. It may be settled with or
 * without the pool's lock; the listener is told afterwards, without it.
 */
public final class ConnectionRequest implements Dialer.Waiter {

  /**
   * Gets the result of the wait, once, on any thread, with no lock held; not after a cancellation.
   */
  public interface Listener {
    /** {@return whether to go on} Called after a hook, on the thread that acquires. */
    default boolean wanted() {
      return true;
    }

    /**
     * The request has a connection, which must be {@linkplain Lease#release released}.
     *
     * @param lease the connection and where it came from
     */
    void granted(Lease lease);

    /**
     * The request will not get a connection.
     *
     * @param error why not
     */
    void refused(Throwable error);

    /** {@return what {@link Dialer.Waiter#waitsHere} says} */
    default boolean waitsHere() {
      return false;
    }

    /**
     * The dial for the request has a socket that can be driven until the request is settled. Not
     * called if the request has been settled; that can happen meanwhile.
     *
     * @param driver drives it
     */
    default void dialling(ConnectionDriver driver) {}

    /** {@return whether the request may be sent again if its connection turns out to be dead} */
    default boolean repeatable() {
      return false;
    }
  }

  /** For how long an idle connection most likely stays open. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final PoolKey key;
  private final RequestTrace trace;
  private final Listener listener;
  private final AtomicReference<@Nullable Object> settled = new AtomicReference<>();
  private volatile Dialer.@Nullable Dial dial;

  private volatile @Nullable Consumer<Boolean> onSettled;

  // Guarded by the pool's lock.
  private @Nullable PoolEntry checked;

  /** Since when it has been in the queue. */
  long queuedAt;

  /**
   * Makes a request.
   *
   * @param key the key of the connection
   * @param trace the hooks of a dial that is made for it
   * @param listener gets the result
   */
  public ConnectionRequest(PoolKey key, RequestTrace trace, Listener listener) {
    this.key = key;
    this.trace = trace;
    this.listener = listener;
  }

  public PoolKey key() {
    return key;
  }

  public RequestTrace trace() {
    return trace;
  }

  /** {@return whether it still waits} */
  boolean waiting() {
    return settled.get() == null;
  }

  /** {@return whether a connection would still be used} */
  boolean wanted() {
    return waiting() && listener.wanted();
  }

  /** {@return whether it was cancelled} */
  boolean cancelled() {
    return settled.get() instanceof Cancelled;
  }

  /**
   * {@return whether an idle connection should be checked before this request gets it} One that has
   * just been used is not checked, if the request is sent again when it turns out to be closed, as
   * on one that is not shared. Called with the pool's lock.
   */
  boolean mustCheck(PoolEntry entry, long idleNanos) {
    if (entry == checked
        || !entry.connection().isUnpolled()
        || (idleNanos < FRESH_NANOS && !entry.shared() && listener.repeatable())) {
      return false;
    }
    checked = entry;
    return true;
  }

  /**
   * Sets what is told, once, when it is settled.
   *
   * @param action takes whether it has a connection; with no lock held
   */
  void onSettled(Consumer<Boolean> action) {
    onSettled = action;
  }

  private void tellSettled(boolean connected) {
    Consumer<Boolean> action = onSettled;
    if (action != null) {
      action.accept(connected);
    }
  }

  /** Settles it with a connection; {@link #tellGranted} must follow if that succeeds. */
  boolean trySettle(Lease lease) {
    return settled.compareAndSet(null, lease);
  }

  /** Passes the connection to the listener. Called without the pool's lock. */
  void tellGranted() {
    if (settled.get() instanceof Lease lease) {
      tellSettled(true);
      listener.granted(lease);
    }
  }

  void fail(Throwable error) {
    if (settled.compareAndSet(null, error)) {
      tellSettled(false);
      listener.refused(error);
    }
  }

  /** Sets the dial made for it, and stops it if the request has been cancelled. */
  void dialling(Dialer.Dial started) {
    dial = started;
    if (settled.get() instanceof Cancelled cancelled) {
      started.cancel(cancelled.reason);
    }
  }

  @Override
  public boolean waitsHere() {
    return listener.waitsHere();
  }

  @Override
  public void drives(ConnectionDriver driver) {
    if (waiting()) {
      listener.dialling(driver);
    }
  }

  /**
   * Stops waiting, and stops the dial made for it. Does nothing if it is settled: then the dial
   * goes on, for the pool.
   *
   * @param reason why
   * @return false if the listener has been told, or will be
   */
  boolean cancel(Throwable reason) {
    if (!settled.compareAndSet(null, new Cancelled(reason))) {
      return false;
    }
    tellSettled(false);
    Dialer.Dial started = dial;
    if (started != null) {
      started.cancel(reason);
    }
    return true;
  }

  private record Cancelled(Throwable reason) {}
}
