package io.httptrace.client.pool;

/**
 * What two requests must have in common to share a connection.
 *
 * <table>
 * <caption>All its forms</caption>
 * <tr><th>target</th><th>key</th></tr>
 * <tr><td>{@code http://example.com/}</td><td>{@code http example.com 80}</td></tr>
 * <tr><td>{@code https://example.com:8443/}</td><td>{@code https example.com 8443}</td></tr>
 * <tr><td>{@code http://[::1]:8080/}</td><td>{@code http ::1 8080}</td></tr>
 * </table>
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name in lower case, or an IP literal without brackets
 * @param port the port, the default one filled in
 */
public record PoolKey(String scheme, String host, int port) {

  /** {@return whether connections speak TLS} */
  public boolean secure() {
    return scheme.equals("https");
  }

  /** {@return host and port as in a URI, an IPv6 literal in brackets} */
  public String hostPort() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
