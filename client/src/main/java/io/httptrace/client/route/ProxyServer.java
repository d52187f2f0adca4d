package io.httptrace.client.route;

import org.jspecify.annotations.Nullable;

/**
 * A proxy.
 *
 * @param kind what it speaks
 * @param host a name in lower case, or an IP literal without brackets
 * @param port its port
 * @param credentials what it is shown of the user, or null for nothing
 */
public record ProxyServer(
    Kind kind, String host, int port, @Nullable ProxyCredentials credentials) {

  /** What a proxy speaks. */
  public enum Kind {
    /** HTTP. */
    HTTP,
    /** HTTP over TLS. */
    HTTPS,
    /** SOCKS, version 5 (RFC 1928). */
    SOCKS5
  }

  /** {@return whether it takes requests for plain HTTP itself, rather than open a way} */
  public boolean forwards() {
    return kind != Kind.SOCKS5;
  }

  /** {@return whether it is spoken to by TLS} */
  public boolean secure() {
    return kind == Kind.HTTPS;
  }

  /** {@return host and port as in a URI} */
  public String hostPort() {
    return PoolKey.hostPort(host, port);
  }

  /** {@return the same proxy, shown nothing of the user} */
  public ProxyServer withoutCredentials() {
    return with(null);
  }

  /**
   * {@return the same proxy, shown something else of the user}
   *
   * @param shown what, or null for nothing
   */
  public ProxyServer with(@Nullable ProxyCredentials shown) {
    return new ProxyServer(kind, host, port, shown);
  }

  /** {@return scheme, host and port; of the credentials, whether there are any} */
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
