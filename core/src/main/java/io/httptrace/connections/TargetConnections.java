package io.httptrace.connections;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections to one target and the requests that wait for one, as they were at one moment. */
public final class TargetConnections {
  private final ConnectionTarget target;
  private final List<PooledConnectionInfo> connections;
  private final int dialling;
  private final int waitingRequests;
  private final @Nullable Duration longestWait;

  private TargetConnections(
      ConnectionTarget target,
      List<PooledConnectionInfo> connections,
      int dialling,
      int waitingRequests,
      @Nullable Duration longestWait) {
    this.target = requireNonNull(target, "target");
    this.connections = List.copyOf(connections);
    this.dialling = dialling;
    this.waitingRequests = waitingRequests;
    this.longestWait = longestWait;
  }

  /**
   * {@return the connections to a target}
   *
   * @param target the target
   * @param connections those that are open
   * @param dialling how many are being dialled
   * @param waitingRequests how many requests have none yet
   * @param longestWait how long the one that has waited longest has waited; null without one
   */
  public static TargetConnections of(
      ConnectionTarget target,
      List<PooledConnectionInfo> connections,
      int dialling,
      int waitingRequests,
      @Nullable Duration longestWait) {
    return new TargetConnections(target, connections, dialling, waitingRequests, longestWait);
  }

  /** {@return the target} */
  public ConnectionTarget target() {
    return target;
  }

  /**
   * {@return the open connections, the one that was opened first at the beginning; unmodifiable}
   */
  public List<PooledConnectionInfo> connections() {
    return connections;
  }

  /** {@return how many of them no request uses} */
  public int idleConnections() {
    return (int) connections.stream().filter(c -> c.idleTime() != null).count();
  }

  /** {@return how many of them are in use} */
  public int activeConnections() {
    return connections.size() - idleConnections();
  }

  /** {@return how many requests use them} */
  public int activeRequests() {
    return connections.stream().mapToInt(PooledConnectionInfo::activeRequests).sum();
  }

  /** {@return how many connections are being dialled} */
  public int dialling() {
    return dialling;
  }

  /**
   * {@return how many requests have no connection yet: they wait for one of their own that is being
   * dialled, or for one that another request has finished with, whichever comes first}
   */
  public int waitingRequests() {
    return waitingRequests;
  }

  /** {@return how long the request that has waited longest has waited; null if none waits} */
  public @Nullable Duration longestWait() {
    return longestWait;
  }

  @Override
  public String toString() {
    return target
        + ": "
        + activeConnections()
        + " active, "
        + idleConnections()
        + " idle, "
        + dialling
        + " dialling, "
        + waitingRequests
        + " waiting";
  }
}
