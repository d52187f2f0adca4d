package io.httptrace.connections;

import static java.util.Objects.requireNonNull;

import io.httptrace.ConnWaitReason;
import java.time.Duration;

/** How long a request waited for a connection, and what for. */
public final class ConnectionWaitInfo {
  private final ConnectionTarget target;
  private final ConnWaitReason reason;
  private final Duration duration;
  private final boolean connected;

  private ConnectionWaitInfo(
      ConnectionTarget target, ConnWaitReason reason, Duration duration, boolean connected) {
    this.target = requireNonNull(target, "target");
    this.reason = requireNonNull(reason, "reason");
    this.duration = requireNonNull(duration, "duration");
    this.connected = connected;
  }

  /**
   * {@return a wait that has ended}
   *
   * @param target where the connection was to lead
   * @param reason what the request waited for
   * @param duration how long it waited
   * @param connected whether it has a connection now
   */
  public static ConnectionWaitInfo of(
      ConnectionTarget target, ConnWaitReason reason, Duration duration, boolean connected) {
    return new ConnectionWaitInfo(target, reason, duration, connected);
  }

  /** {@return where the connection was to lead} */
  public ConnectionTarget target() {
    return target;
  }

  /** {@return what it waited for when the wait began} */
  public ConnWaitReason reason() {
    return reason;
  }

  /** {@return how long it waited; if it had to dial in the end, with that dial} */
  public Duration duration() {
    return duration;
  }

  /** {@return whether it has a connection now; if not, it failed or was given up} */
  public boolean connected() {
    return connected;
  }

  @Override
  public String toString() {
    return target
        + " "
        + reason
        + " "
        + duration
        + (connected ? " connected" : " without a connection");
  }
}
