package io.httptrace.connections;

import java.util.List;
import java.util.stream.Collectors;

/** The connections of a client and the requests that wait for one, as they were at one moment. */
public final class PoolSnapshot {
  private final List<TargetConnections> targets;

  private PoolSnapshot(List<TargetConnections> targets) {
    this.targets = List.copyOf(targets);
  }

  /**
   * {@return a snapshot}
   *
   * @param targets the targets to which there are connections, dials, or requests that wait
   */
  public static PoolSnapshot of(List<TargetConnections> targets) {
    return new PoolSnapshot(targets);
  }

  /**
   * {@return the targets to which there are connections, dials, or requests that wait, each once;
   * in no order; unmodifiable}
   */
  public List<TargetConnections> targets() {
    return targets;
  }

  /** {@return how many connections are open} */
  public int openConnections() {
    return targets.stream().mapToInt(target -> target.connections().size()).sum();
  }

  /** {@return how many of them no request uses} */
  public int idleConnections() {
    return targets.stream().mapToInt(TargetConnections::idleConnections).sum();
  }

  /** {@return how many of them are in use} */
  public int activeConnections() {
    return openConnections() - idleConnections();
  }

  /** {@return how many connections are being dialled} */
  public int dialling() {
    return targets.stream().mapToInt(TargetConnections::dialling).sum();
  }

  /** {@return how many requests have no connection yet} */
  public int waitingRequests() {
    return targets.stream().mapToInt(TargetConnections::waitingRequests).sum();
  }

  /** {@return a line for each target} */
  @Override
  public String toString() {
    return targets.stream().map(TargetConnections::toString).collect(Collectors.joining("\n"));
  }
}
