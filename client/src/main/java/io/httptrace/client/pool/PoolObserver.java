package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import io.httptrace.IdleConnectionException;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.hooks.ConnectionEvents;
import io.httptrace.client.route.PoolKey;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionTarget;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PooledConnectionInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens to the connections of a pool, if somebody wants to know: each opens once and
 * closes once. No lock is held.
 */
final class PoolObserver {
  private final @Nullable ConnectionEvents events;
  private final Clock clock;

  PoolObserver(@Nullable ConnectionEvents events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  void opened(PoolEntry entry) {
    if (events != null) {
      events.opened(entry.asOpened());
    }
  }

  /**
   * Closes a connection.
   *
   * @param reason why, if nobody has said so yet
   */
  void close(PoolEntry entry, ConnectionCloseReason reason) {
    entry.closing(reason);
    entry.connection().close();
    closed(entry, 0);
  }

  /**
   * A connection is closed, or about to be.
   *
   * @param requests how many requests use it
   */
  void closed(PoolEntry entry, int requests) {
    if (events != null && entry.firstTold()) {
      PooledConnectionInfo info = entry.snapshot(clock.nanoTime(), null, requests);
      events.closed(info, entry.closeReason());
    }
  }

  /** A request is about to wait. */
  void waits(ConnectionRequest request, ConnWaitReason reason) {
    if (events != null) {
      long since = clock.nanoTime();
      request.onSettled(
          connected ->
              events.waitEnded(
                  ConnectionWaitInfo.of(
                      target(request.key()),
                      reason,
                      Duration.ofNanos(clock.nanoTime() - since),
                      connected)));
    }
  }

  /** {@return why a connection is closed that cannot become idle} */
  static ConnectionCloseReason closeReason(IdleConnectionException.Reason refused) {
    return switch (refused) {
      case TOO_MANY_IDLE_FOR_HOST -> ConnectionCloseReason.TOO_MANY_IDLE;
      case IDLE_CLOSED -> ConnectionCloseReason.IDLE_CLOSED;
      case CLIENT_CLOSED -> ConnectionCloseReason.CLIENT_CLOSED;
      case CONNECTION_BROKEN -> ConnectionCloseReason.PEER_CLOSED;
    };
  }

  static ConnectionTarget target(PoolKey key) {
    return ConnectionTarget.of(
        key.scheme(),
        key.forwarded() ? null : key.hostPort(),
        key.proxy() == null ? null : key.proxy().hostPort());
  }
}
