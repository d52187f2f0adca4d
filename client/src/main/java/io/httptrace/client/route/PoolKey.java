package io.httptrace.client.route;

import io.httptrace.adapter.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * What two requests must have in common to share a connection.
 *
 * <table>
 * <caption>All its forms</caption>
 * <tr><th>target</th><th>proxy</th><th>key</th></tr>
 * <tr><td>{@code http://example.com/}</td><td></td><td>{@code http example.com 80}</td></tr>
 * <tr><td>{@code https://example.com:8443/}</td><td></td>
 *   <td>{@code https example.com 8443}</td></tr>
 * <tr><td>{@code http://[::1]:8080/}</td><td></td><td>{@code http ::1 8080}</td></tr>
 * <tr><td>any {@code http}</td><td>{@code http} or {@code https}</td>
 *   <td>the proxy, without its credentials: each request names the target</td></tr>
 * <tr><td>{@code https://example.com/}</td><td>{@code http} or {@code https}</td>
 *   <td>{@code https example.com 443} and the proxy, with its credentials: a tunnel leads to one
 *   target, and was opened for one user</td></tr>
 * <tr><td>{@code http://example.com/}</td><td>{@code socks5}</td>
 *   <td>{@code http example.com 80} and the proxy, with its credentials</td></tr>
 * <tr><td>{@code https://example.com/}</td><td>{@code socks5}</td>
 *   <td>{@code https example.com 443} and the proxy, with its credentials</td></tr>
 * <tr><td>{@code ws://example.com/}</td><td>none, or any</td>
 *   <td>{@code ws example.com 80}, and the proxy with its credentials: it is never forwarded, and
 *   always uses HTTP/1.1</td></tr>
 * <tr><td>{@code wss://example.com/}</td><td>none, or any</td>
 *   <td>{@code wss example.com 443}, likewise</td></tr>
 * </table>
 *
 * @param scheme {@code http} or {@code https}; {@code ws} or {@code wss} for requests that switch
 *     to another protocol
 * @param host a name in lower case, or an IP literal without brackets; empty if each request names
 *     the target
 * @param port the port, the default one filled in; 0 if each request names the target
 * @param proxy the proxy, or null for none
 * @param versions the versions that may be used
 */
public record PoolKey(
    String scheme, String host, int port, @Nullable ProxyServer proxy, HttpVersions versions) {

  /**
   * {@return the key of a target}
   *
   * @param scheme the scheme
   * @param host a name in lower case, or an IP literal without brackets
   * @param port the port
   * @param proxy the proxy, or null for none
   * @param versions the versions that may be used with the target; a proxy that forwards requests
   *     always gets HTTP/1.1
   */
  public static PoolKey of(
      String scheme, String host, int port, @Nullable ProxyServer proxy, HttpVersions versions) {
    if (proxy != null && proxy.forwards() && scheme.equals("http")) {
      return new PoolKey(scheme, "", 0, proxy.withoutCredentials(), HttpVersions.HTTP_1_1);
    }
    return new PoolKey(scheme, host, port, proxy, versions);
  }

  /** {@return whether the target is reached with TLS} */
  public boolean secure() {
    return scheme.equals("https") || scheme.equals("wss");
  }

  /** {@return whether connections end at the proxy, and each request names the target} */
  public boolean forwarded() {
    return host.isEmpty();
  }

  /** {@return the host to connect to: that of the target, or that of the proxy} */
  public String dialledHost() {
    return proxy == null ? host : proxy.host();
  }

  /** {@return the port to connect to: that of the target, or that of the proxy} */
  public int dialledPort() {
    return proxy == null ? port : proxy.port();
  }

  /** {@return host and port to connect to, as in a URI} */
  public String dialledHostPort() {
    return proxy == null ? hostPort() : proxy.hostPort();
  }

  /** {@return host and port of the target as in a URI, an IPv6 literal in brackets} */
  public String hostPort() {
    return HostPort.of(host, port);
  }
}
