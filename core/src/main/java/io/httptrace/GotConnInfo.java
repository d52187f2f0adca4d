package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The connection a request has got, and where it came from. */
public final class GotConnInfo {
  private final ConnectionInfo connection;
  private final boolean reused;
  private final boolean wasIdle;
  private final Duration idleTime;

  private GotConnInfo(
      ConnectionInfo connection, boolean reused, boolean wasIdle, Duration idleTime) {
    this.connection = requireNonNull(connection, "connection");
    this.reused = reused;
    this.wasIdle = wasIdle;
    this.idleTime = requireNonNull(idleTime, "idleTime");
  }

  /**
   * {@return an info}
   *
   * @param connection the connection
   * @param reused see {@link #reused()}
   * @param wasIdle see {@link #wasIdle()}
   * @param idleTime see {@link #idleTime()}
   */
  public static GotConnInfo of(
      ConnectionInfo connection, boolean reused, boolean wasIdle, Duration idleTime) {
    return new GotConnInfo(connection, reused, wasIdle, idleTime);
  }

  /** {@return the connection; it belongs to the client} */
  public ConnectionInfo connection() {
    return connection;
  }

  /**
   * {@return whether the connection was not dialled for this request} For HTTP/1.1 that means that
   * it comes from the pool or from a request that had just finished with it, even if no request has
   * used it before; for HTTP/2 that another request has used it before.
   */
  public boolean reused() {
    return reused;
  }

  /**
   * {@return whether the connection was idle in the pool} False for a connection that another
   * request handed over at its end, and for an HTTP/2 connection with open streams.
   */
  public boolean wasIdle() {
    return wasIdle;
  }

  /** {@return how long the connection had been idle; zero unless {@link #wasIdle()}} */
  public Duration idleTime() {
    return idleTime;
  }

  @Override
  public String toString() {
    return "{Conn:"
        + connection
        + " Reused:"
        + reused
        + " WasIdle:"
        + wasIdle
        + " IdleTime:"
        + idleTime
        + "}";
  }
}
