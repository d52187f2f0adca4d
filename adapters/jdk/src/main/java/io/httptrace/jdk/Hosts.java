package io.httptrace.jdk;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hosts and ports, as hooks are told them. */
final class Hosts {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private Hosts() {}

  /** {@return whether a host is an IP address, which is not looked up} */
  static boolean isLiteral(String host) {
    if (host.indexOf(':') >= 0) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** {@return host and port of the target, or of the proxy if there is one} */
  static String hostPort(URI uri, @Nullable InetSocketAddress proxy) {
    if (proxy != null) {
      String host = proxy.getHostString();
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host.toLowerCase(Locale.ROOT))
          + ":"
          + proxy.getPort();
    }
    int port = uri.getPort();
    if (port < 0) {
      port = "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
