package io.httptrace.jdk;

import io.httptrace.HookSupport;
import java.net.http.HttpRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A call that is traced: one {@code send} or {@code sendAsync} with all its round trips. */
final class JdkCall {
  private final JvmListeners.CallListeners listeners;
  private final HookSupport support;
  private final SerialHooks serialHooks;
  private final AtomicBoolean over = new AtomicBoolean();

  private volatile @Nullable JdkRoundTrip current;
  private volatile boolean returned;
  private volatile boolean cancelled;

  /** Whether a round trip begins that is not known yet: who begins it looks whether all is over. */
  private volatile boolean beginning;

  // Round trips begin one after the other.
  private int roundTrips;

  /**
   * Makes a call.
   *
   * @param listeners who listens
   * @param support how well
   * @param serialHooks runs the hooks
   */
  JdkCall(JvmListeners.CallListeners listeners, HookSupport support, SerialHooks serialHooks) {
    this.listeners = listeners;
    this.support = support;
    this.serialHooks = serialHooks;
  }

  SerialHooks hooks() {
    return serialHooks;
  }

  HookSupport support() {
    return support;
  }

  /** {@return the round trip under way, or the last one} */
  @Nullable JdkRoundTrip current() {
    return current;
  }

  /** {@return the current round trip if it is that of an exchange} */
  @Nullable JdkRoundTrip currentOf(Object impl) {
    JdkRoundTrip known = current;
    return known != null && known.isOf(impl) ? known : null;
  }

  /**
   * Begins a round trip.
   *
   * @return null if the caller has cancelled since another one of the call began
   */
  @Nullable JdkRoundTrip begin(HttpRequest request, Object multi) {
    beginning = true;
    JdkRoundTrip before = current;
    if (before != null && cancelled) {
      beginning = false;
      ended();
      return null;
    }
    int number = ++roundTrips;
    JdkRoundTrip made =
        new JdkRoundTrip(
            this,
            new Hooks(listeners.hooks(), number),
            number,
            JdkRoundTrip.reason(before, multi),
            before);
    long now = System.nanoTime();
    serialHooks.of(multi);
    serialHooks.run(
        () -> {
          if (before != null) {
            before.leave(now);
          }
          made.start(now, request);
        });
    current = made; // Known only now: a caller who cancels meanwhile must not end it first.
    beginning = false;
    if (cancelled) {
      returned(new CancellationException(), multi);
    }
    return made;
  }

  /**
   * The caller has cancelled: the round trip ends, if it has not with what the client has done. The
   * caller does not wait for a hook.
   */
  void cancelled(Object multi) {
    cancelled = true;
    JdkRoundTrip last = current;
    if (last != null) {
      returned = true;
      last.failed(new CancellationException(), multi);
      ended();
    }
  }

  /** The caller gets its response, or the error. */
  void returned(@Nullable Throwable error, Object multi) {
    JdkRoundTrip last = current;
    returned = true;
    if (error != null && last != null) {
      last.failed(error, multi);
    }
    ended();
  }

  /** A round trip has ended, or the call has returned. */
  void ended() {
    if (beginning) {
      return;
    }
    JdkRoundTrip last = current;
    boolean isOver = returned && last != null && last.hasEnded();
    if (isOver && listeners.recorded() && over.compareAndSet(false, true)) {
      serialHooks.later(listeners.hooks()::end);
    }
  }
}
