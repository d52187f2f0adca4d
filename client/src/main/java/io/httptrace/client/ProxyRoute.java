package io.httptrace.client;

import static java.util.Objects.requireNonNull;

import io.httptrace.client.route.ProxyCredentials;
import io.httptrace.client.route.ProxyServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proxy, and the targets that are reached through it. Unlike a {@link java.net.ProxySelector} it
 * can describe an HTTPS proxy, and credentials.
 *
 * <pre>{@code
 * TracingHttpClient.newBuilder()
 *     .proxy(ProxyRoute.https("proxy.example", 8443)
 *         .credentials("user", "password")
 *         .except("localhost", ".internal", "10.0.0.0/8"))
 *     .build();
 * }</pre>
 *
 * <p>Immutable. {@code toString} does not show the user and the password.
 */
public final class ProxyRoute {
  private static final int MAX_SOCKS_BYTES = 255;

  private final ProxyServer server;
  private final Set<String> schemes;
  private final NoProxyRules exceptions;

  private ProxyRoute(ProxyServer server, Set<String> schemes, NoProxyRules exceptions) {
    this.server = server;
    this.schemes = schemes;
    this.exceptions = exceptions;
  }

  private static ProxyRoute of(ProxyServer.Kind kind, String host, int port) {
    requireNonNull(host, "host");
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    if (bare.isEmpty()) {
      throw new IllegalArgumentException("host must not be empty");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 1 and 65535: " + port);
    }
    ProxyServer server = new ProxyServer(kind, bare.toLowerCase(Locale.ROOT), port, null);
    return new ProxyRoute(server, Set.of("http", "https"), NoProxyRules.NONE);
  }

  /**
   * {@return a route through an HTTP proxy} The proxy gets requests for {@code http} targets with
   * the whole URI (RFC 9112, section 3.2.2), and opens a tunnel to {@code https} ones (CONNECT).
   *
   * @param host a name, which is looked up for each connection, or an IP literal
   * @param port the port
   */
  public static ProxyRoute http(String host, int port) {
    return of(ProxyServer.Kind.HTTP, host, port);
  }

  /**
   * {@return a route through an HTTPS proxy} Its certificate is checked like that of a target.
   * Inside a tunnel there is a second handshake, with the target.
   *
   * @param host a name, which is looked up for each connection, or an IP literal
   * @param port the port
   */
  public static ProxyRoute https(String host, int port) {
    return of(ProxyServer.Kind.HTTPS, host, port);
  }

  /**
   * {@return a route through a SOCKS proxy, version 5 (RFC 1928)} The proxy gets the names of
   * targets, and looks them up itself.
   *
   * @param host a name, which is looked up for each connection, or an IP literal
   * @param port the port
   */
  public static ProxyRoute socks5(String host, int port) {
    return of(ProxyServer.Kind.SOCKS5, host, port);
  }

  /**
   * {@return the same route with a user and a password} An HTTP proxy gets them with the first
   * request, by the Basic scheme (RFC 7617), unless the request has a {@code Proxy-Authorization}
   * of its own; a SOCKS proxy gets them if it asks (RFC 1929). They are never sent to the target.
   *
   * @param user the user; without a colon for HTTP; 1 to 255 ASCII characters for SOCKS
   * @param password the password; 1 to 255 ASCII characters for SOCKS
   * @throws IllegalArgumentException if they cannot be sent to the proxy
   */
  public ProxyRoute credentials(String user, String password) {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    if (server.kind() == ProxyServer.Kind.SOCKS5) {
      checkSocks(user, "user");
      checkSocks(password, "password");
    } else if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("user must not contain a colon");
    }
    ProxyCredentials credentials = ProxyCredentials.of(user, password);
    return new ProxyRoute(server.with(credentials), schemes, exceptions);
  }

  private static void checkSocks(String text, String what) {
    int length = text.length();
    if (length < 1
        || length > MAX_SOCKS_BYTES
        || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(what + " must have 1 to 255 ASCII characters");
    }
  }

  /**
   * {@return the same route, with more targets for which it is not used} The patterns are those of
   * the environment variable {@code NO_PROXY}, as Go reads them:
   *
   * <ul>
   *   <li>{@code example.com}: this host, and all below it
   *   <li>{@code .example.com}: all hosts below it
   *   <li>{@code 10.1.2.3}, {@code ::1}: a target given as this address
   *   <li>{@code 10.0.0.0/8}, {@code fd00::/8}: a target given as an address of this network (RFC
   *       4632)
   *   <li>{@code example.com:8080}, {@code [::1]:8080}: the same with one port only
   *   <li>{@code *}: all targets
   * </ul>
   *
   * <p>Names are compared without regard to case, and are not looked up: a network matches no name.
   *
   * @param patterns the patterns; each may also be several, with commas between them
   * @throws IllegalArgumentException if one of them is not a pattern
   */
  public ProxyRoute except(String... patterns) {
    return new ProxyRoute(server, schemes, exceptions.and(patterns));
  }

  /**
   * {@return the same route, used for targets of one scheme only}
   *
   * @param scheme {@code http} or {@code https}
   */
  public ProxyRoute onlyFor(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    if (!lower.equals("http") && !lower.equals("https")) {
      throw new IllegalArgumentException("scheme must be http or https: " + scheme);
    }
    return new ProxyRoute(server, Set.of(lower), exceptions);
  }

  /** {@return the proxy, or null if the target is not reached through it} */
  @Nullable ProxyServer serverFor(URI target) {
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    return schemes.contains(scheme) && !exceptions.match(target) ? server : null;
  }

  /** {@return the proxy as a URI, and whether it has credentials, which are not shown} */
  @Override
  public String toString() {
    return server.toString();
  }
}
