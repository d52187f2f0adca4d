package io.httptrace.asynchttpclient;

import io.httptrace.adapter.HostPort;
import java.net.URI;
import java.util.Locale;
import org.asynchttpclient.proxy.ProxyServer;
import org.asynchttpclient.uri.Uri;
import org.jspecify.annotations.Nullable;

/**
 * What a round trip asks for.
 *
 * @param method the method
 * @param uri the URI
 */
record AhcTarget(String method, Uri uri) {
  /** {@return the URI as the JDK has it} */
  URI toJdk() {
    try {
      return URI.create(uri.toUrl());
    } catch (IllegalArgumentException lax) {
      // AsyncHttpClient sends characters that are none of a URI, if it is told to.
      return URI.create(
          uri.getScheme() + "://" + HostPort.of(uri.getHost(), uri.getExplicitPort()));
    }
  }

  /** {@return what the pool is asked for: the proxy, or else the target} */
  String hostPort(@Nullable ProxyServer proxy) {
    if (proxy == null) {
      return HostPort.of(uri.getHost().toLowerCase(Locale.ROOT), uri.getExplicitPort());
    }
    boolean http = proxy.getProxyType().isHttp();
    // AsyncHttpClient goes to the other port of a proxy for https, but for SOCKS.
    boolean secured = http && (uri.isSecured() || proxy.getProxyType().name().equals("HTTPS"));
    return HostPort.of(
        proxy.getHost().toLowerCase(Locale.ROOT),
        secured ? proxy.getSecuredPort() : proxy.getPort());
  }

  /**
   * {@return what a redirect leads to}
   *
   * @param status its status
   * @param location its {@code Location}
   * @param keepsMethodOn302 whether 302 keeps the method
   */
  AhcTarget redirected(int status, String location, boolean keepsMethodOn302) {
    boolean safe = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    boolean toGet = status == 301 || status == 303 || (status == 302 && !keepsMethodOn302);
    return new AhcTarget(safe || !toGet ? method : "GET", Uri.create(uri, location));
  }
}
