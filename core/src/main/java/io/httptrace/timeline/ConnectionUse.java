package io.httptrace.timeline;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.TlsConnectionState;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The connection of a round trip, as it was when the round trip got it. */
public final class ConnectionUse {
  private final GotConnInfo info;
  private final boolean dialledForAnotherRequest;

  ConnectionUse(GotConnInfo info, boolean dialledForAnotherRequest) {
    this.info = info;
    this.dialledForAnotherRequest = dialledForAnotherRequest;
  }

  private ConnectionInfo connection() {
    return info.connection();
  }

  /** {@return the connection's id, the same as in {@link Timeline#connections()}} */
  public long id() {
    return connection().id();
  }

  /** {@return the address of this end} */
  public SocketAddress localAddress() {
    return connection().localAddress();
  }

  /** {@return the address of the other end: the server, or the proxy} */
  public SocketAddress remoteAddress() {
    return connection().remoteAddress();
  }

  /** {@return the protocol spoken on it: {@code HTTP/1.1} or {@code HTTP/2}} */
  public String protocol() {
    return connection().protocol();
  }

  /** {@return what TLS negotiated with the target, when it was dialled; null without TLS} */
  public @Nullable TlsConnectionState tls() {
    return connection().tls();
  }

  /** {@return how many requests had been started on it before this one} */
  public long requestsBefore() {
    return connection().requestsBefore();
  }

  /**
   * {@return whether it was not dialled for this round trip, as {@link GotConnInfo#reused()} says}
   */
  public boolean reused() {
    return info.reused();
  }

  /** {@return whether it was idle in the pool} */
  public boolean wasIdle() {
    return info.wasIdle();
  }

  /** {@return how long it had been idle; null unless {@link #wasIdle()}} */
  public @Nullable Duration idleTime() {
    return info.wasIdle() && !info.idleTime().isNegative() ? info.idleTime() : null;
  }

  /**
   * {@return whether it was new, and dialled for another request} This request is the first to use
   * it, and none of its own dials made it.
   */
  public boolean dialledForAnotherRequest() {
    return dialledForAnotherRequest;
  }

  @Override
  public String toString() {
    return info + (dialledForAnotherRequest ? " dialled for another request" : "");
  }
}
