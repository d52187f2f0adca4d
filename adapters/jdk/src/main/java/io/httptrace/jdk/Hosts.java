package io.httptrace.jdk;

import io.httptrace.adapter.HostPort;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hosts and ports, as hooks are told them. */
final class Hosts {
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
    String as = proxy == null ? HostPort.of(uri) : HostPort.of(proxy);
    return as.toLowerCase(Locale.ROOT);
  }
}
