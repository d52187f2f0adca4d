package io.httptrace.adapter;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/** Host and port as one text, as {@link io.httptrace.ClientTrace#getConn} gets them. */
public final class HostPort {
  private HostPort() {}

  /**
   * {@return host and port, such as {@code example.com:443} or {@code [::1]:80}}
   *
   * @param host the host; an IPv6 literal gets brackets if it has none
   * @param port the port
   */
  public static String of(String host, int port) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * {@return host and port of an address, such as that of a proxy; the name if it was made of one,
   * and no name is looked up}
   *
   * @param address the address
   */
  public static String of(InetSocketAddress address) {
    return of(address.getHostString(), address.getPort());
  }

  /**
   * {@return host and port of a URI's target, with the port of its scheme if it names none: 443 for
   * {@code https} and {@code wss}, or else 80}
   *
   * @param uri the URI
   * @throws IllegalArgumentException if it has no host
   */
  public static String of(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("uri: no host");
    }
    return of(host, uri.getPort() >= 0 ? uri.getPort() : defaultPort(uri.getScheme()));
  }

  private static int defaultPort(String scheme) {
    String lower = scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    return lower.equals("https") || lower.equals("wss") ? 443 : 80;
  }
}
