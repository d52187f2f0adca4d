package io.httptrace.client.route;

import io.httptrace.adapter.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * A proxy.
 *
 * @param kind its protocol
 * @param host a name in lower case, or an IP literal without brackets
 * @param port its port
 * @param credentials the credentials for it, or null for none
 */
public record ProxyServer(
    Kind kind, String host, int port, @Nullable ProxyCredentials credentials) {

  /** The protocol of a proxy. */
  public enum Kind {
    /** HTTP. */
    HTTP,
    /** HTTP over TLS. */
    HTTPS,
    /** SOCKS, version 5 (RFC 1928). */
    SOCKS5
  }

  /** {@return whether it forwards plain HTTP requests and needs no tunnel for them} */
  public boolean forwards() {
    return kind != Kind.SOCKS5;
  }

  /** {@return whether it is reached with TLS} */
  public boolean secure() {
    return kind == Kind.HTTPS;
  }

  /** {@return host and port as in a URI} */
  public String hostPort() {
    return HostPort.of(host, port);
  }

  /** {@return the same proxy without credentials} */
  public ProxyServer withoutCredentials() {
    return with(null);
  }

  /**
   * {@return the same proxy with other credentials}
   *
   * @param shown the credentials, or null for none
   */
  public ProxyServer with(@Nullable ProxyCredentials shown) {
    return new ProxyServer(kind, host, port, shown);
  }

  /** {@return scheme, host and port, and whether there are credentials, which are not shown} */
  @Override
  public String toString() {
    String scheme =
        switch (kind) {
          case HTTP -> "http";
          case HTTPS -> "https";
          case SOCKS5 -> "socks5";
        };
    return scheme + "://" + (credentials == null ? "" : "***@") + hostPort();
  }
}
