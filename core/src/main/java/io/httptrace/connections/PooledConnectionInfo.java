package io.httptrace.connections;

import static java.util.Objects.requireNonNull;

import io.httptrace.ConnectionInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection of a client, as it was at one moment. */
public final class PooledConnectionInfo {
  private final ConnectionTarget target;
  private final ConnectionInfo connection;
  private final Duration age;
  private final @Nullable Duration idleTime;
  private final int activeRequests;

  private PooledConnectionInfo(
      ConnectionTarget target,
      ConnectionInfo connection,
      Duration age,
      @Nullable Duration idleTime,
      int activeRequests) {
    this.target = requireNonNull(target, "target");
    this.connection = requireNonNull(connection, "connection");
    this.age = requireNonNull(age, "age");
    this.idleTime = idleTime;
    this.activeRequests = activeRequests;
  }

  /**
   * {@return a connection}
   *
   * @param target where it leads
   * @param connection its addresses, protocol and TLS, and how many requests it has served
   * @param age how long ago it was opened
   * @param idleTime how long it has been idle in the pool, or null if it is not
   * @param activeRequests how many requests use it
   */
  public static PooledConnectionInfo of(
      ConnectionTarget target,
      ConnectionInfo connection,
      Duration age,
      @Nullable Duration idleTime,
      int activeRequests) {
    return new PooledConnectionInfo(target, connection, age, idleTime, activeRequests);
  }

  /** {@return where it leads} */
  public ConnectionTarget target() {
    return target;
  }

  /**
   * {@return its number, by which hooks and timelines name it too, its addresses, protocol and TLS}
   * Here {@link ConnectionInfo#requestsBefore()} is how many requests have been started on it.
   */
  public ConnectionInfo connection() {
    return connection;
  }

  /** {@return how long ago it was opened; not negative} */
  public Duration age() {
    return age;
  }

  /** {@return how long it has been idle in the pool; null if it is not idle} */
  public @Nullable Duration idleTime() {
    return idleTime;
  }

  /**
   * {@return how many requests use it: at most 1 over HTTP/1.1} A WebSocket counts as one. For a
   * moment there can be none though it is not idle.
   */
  public int activeRequests() {
    return activeRequests;
  }

  @Override
  public String toString() {
    String use = idleTime == null ? activeRequests + " active" : "idle for " + idleTime;
    return connection + " to " + target + " age=" + age + " " + use;
  }
}
