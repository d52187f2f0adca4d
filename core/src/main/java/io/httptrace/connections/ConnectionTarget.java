package io.httptrace.connections;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where connections lead: two requests can share one only if it leads where both go. */
public final class ConnectionTarget {
  private final String scheme;
  private final @Nullable String hostPort;
  private final @Nullable String proxy;

  private ConnectionTarget(String scheme, @Nullable String hostPort, @Nullable String proxy) {
    if (hostPort == null && proxy == null) {
      throw new IllegalArgumentException("hostPort and proxy are both null");
    }
    this.scheme = requireNonNull(scheme, "scheme");
    this.hostPort = hostPort;
    this.proxy = proxy;
  }

  /**
   * {@return a target}
   *
   * @param scheme {@code http} or {@code https}; {@code ws} or {@code wss} for a WebSocket
   * @param hostPort host and port of the server; null if a proxy is told with each request
   * @param proxy host and port of the proxy, or null for none
   * @throws IllegalArgumentException if there is neither
   */
  public static ConnectionTarget of(
      String scheme, @Nullable String hostPort, @Nullable String proxy) {
    return new ConnectionTarget(scheme, hostPort, proxy);
  }

  /** {@return {@code http} or {@code https}; {@code ws} or {@code wss} for a WebSocket} */
  public String scheme() {
    return scheme;
  }

  /**
   * {@return host and port of the server, an IPv6 address in brackets; null for connections to an
   * HTTP proxy that is told the server with each request, as it is for {@code http}}
   */
  public @Nullable String hostPort() {
    return hostPort;
  }

  /** {@return host and port of the proxy; null if there is none} */
  public @Nullable String proxy() {
    return proxy;
  }

  /** {@return whether the other one has the same scheme, server and proxy} */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConnectionTarget that
        && scheme.equals(that.scheme)
        && Objects.equals(hostPort, that.hostPort)
        && Objects.equals(proxy, that.proxy);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, hostPort, proxy);
  }

  /** {@return such as {@code https://example.com:443 by proxy.example:3128}} */
  @Override
  public String toString() {
    return scheme
        + "://"
        + (hostPort == null ? "*" : hostPort)
        + (proxy == null ? "" : " by " + proxy);
  }
}
