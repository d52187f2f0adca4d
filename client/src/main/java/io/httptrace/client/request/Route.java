package io.httptrace.client.request;

import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyCredentials;
import io.httptrace.client.route.ProxyServer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request gets to its target.
 *
 * <p>{@code Proxy-Authorization} is for the proxy alone (RFC 9110, section 11.7.2). A request that
 * the proxy reads has it; otherwise the request for the tunnel has it, or it is not sent, and the
 * caller's is removed.
 *
 * @param key the key of the connection
 * @param authorization the values of {@code Proxy-Authorization} in the request's head; empty for
 *     none
 */
public record Route(PoolKey key, List<String> authorization) {
  public static final String AUTHORIZATION = "Proxy-Authorization";

  /**
   * {@return the route of a request}
   *
   * @param request the request
   * @param proxy its proxy, or null for none
   * @param defaults the settings of all requests of the client
   */
  public static Route of(
      RequestSnapshot request, @Nullable ProxyServer proxy, RequestDefaults defaults) {
    Origin target = request.origin();
    HttpVersions versions = defaults.versionsFor(request, target);
    String scheme = request.upgrade() ? upgraded(target.scheme()) : target.scheme();
    if (proxy == null) {
      return new Route(PoolKey.of(scheme, target.host(), target.port(), null, versions), List.of());
    }
    List<String> written = request.values(AUTHORIZATION);
    ProxyCredentials credentials = proxy.credentials();
    if (proxy.forwards() && !written.isEmpty()) {
      credentials = ProxyCredentials.written(written.get(0));
    }
    PoolKey key =
        PoolKey.of(scheme, target.host(), target.port(), proxy.with(credentials), versions);
    return credentials != null && key.forwarded()
        ? new Route(key, List.of(credentials.field()))
        : new Route(key, List.of());
  }

  private static String upgraded(String scheme) {
    return scheme.equals("https") ? "wss" : "ws";
  }

  /** {@return the request target (RFC 9112, section 3.2)} */
  String targetOf(URI uri, String authority) {
    String origin = HeadBuilder.target(uri);
    return key.forwarded() ? key.scheme() + "://" + authority + origin : origin;
  }

  /** {@return without secrets} */
  @Override
  public String toString() {
    return key.toString();
  }
}
