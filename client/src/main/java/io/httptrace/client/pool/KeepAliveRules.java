package io.httptrace.client.pool;

import io.httptrace.IdleConnectionException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Whether the pool keeps a connection that a request has finished with. A connection that it does
 * not keep is told why. Guarded by the pool's lock.
 */
final class KeepAliveRules {
  private final PoolState state;
  private final PoolLimits limits;

  KeepAliveRules(PoolState state, PoolLimits limits) {
    this.state = state;
    this.limits = limits;
  }

  /** {@return whether a connection that has been used can be used again} */
  boolean isGood(PoolEntry entry) {
    // If the peer has closed it just now, it might as well have done so a moment later.
    if (!state.closed && entry.isUsable()) {
      return true;
    }
    entry.closing(state.closed ? Reason.CLIENT_CLOSED : Reason.CONNECTION_BROKEN);
    return false;
  }

  /**
   * {@return why a connection cannot become idle; null if it can}
   *
   * @param host the connections to its target, or null if there are none
   */
  @Nullable Reason whyNotIdle(PoolEntry entry, @Nullable HostPool host) {
    Reason refused = refusal(host);
    if (refused != null) {
      entry.closing(refused);
    }
    return refused;
  }

  private @Nullable Reason refusal(@Nullable HostPool host) {
    if (state.closed) {
      return Reason.CLIENT_CLOSED;
    }
    if (state.idleClosed) {
      return Reason.IDLE_CLOSED;
    }
    return host != null && limits.maxIdlePerHost() > 0 && host.kept() >= limits.maxIdlePerHost()
        ? Reason.TOO_MANY_IDLE_FOR_HOST
        : null;
  }

  /** See {@link PoolState#reserve}. */
  @Nullable Reason reserve(PoolEntry entry, @Nullable HostPool host) {
    if (state.closed) {
      entry.closing(Reason.CLIENT_CLOSED);
      return Reason.CLIENT_CLOSED;
    }
    if (host == null || !entry.isUsable()) {
      return null;
    }
    Reason refused = host.hasWaiter() ? null : whyNotIdle(entry, host);
    if (refused == null) {
      host.reserve(entry);
    }
    return refused;
  }
}
