package io.httptrace.cli.cookies;

import io.httptrace.cli.text.HostName;
import java.net.URI;
import java.util.Locale;

/**
 * The requests that get a cookie (RFC 6265, section 5.4).
 *
 * @param domain the host it is for, in lower case
 * @param hostOnly whether hosts below that do not get it
 * @param path the path it is for
 * @param secure whether it is for secure connections only
 */
record CookieScope(String domain, boolean hostOnly, String path, boolean secure) {

  /**
   * {@return whether a target is in it}
   *
   * @param uri the target
   */
  boolean holds(URI uri) {
    String host = host(uri);
    boolean domainMatches =
        host.equals(domain) || (!hostOnly && isName(host) && host.endsWith("." + domain));
    return domainMatches && pathMatches(path(uri)) && (!secure || isSecure(uri));
  }

  private boolean pathMatches(String target) {
    return target.equals(path)
        || (target.startsWith(path) && (path.endsWith("/") || target.charAt(path.length()) == '/'));
  }

  static String host(URI uri) {
    String host = HostName.of(uri).toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  static String path(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** {@return whether a host is a name and not an address} */
  static boolean isName(String host) {
    return !host.startsWith("[") && !host.matches("[0-9.]+");
  }

  /** {@return whether secure cookies may be sent to a target} As with curl, loopback is secure. */
  static boolean isSecure(URI uri) {
    String host = host(uri);
    return uri.getScheme().equalsIgnoreCase("https")
        || host.equals("localhost")
        || host.equals("127.0.0.1")
        || host.equals("[::1]");
  }
}
