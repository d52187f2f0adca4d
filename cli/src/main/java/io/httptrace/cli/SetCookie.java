package io.httptrace.cli;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From {@code Set-Cookie} to a cookie (RFC 6265, section 5.3). */
final class SetCookie {
  private static final String SECURE_PREFIX = "__secure-";
  private static final String HOST_PREFIX = "__host-";

  private SetCookie() {}

  /**
   * {@return the cookie a field sets, or null if it is not for its server to set}
   *
   * @param field the value of the field
   * @param uri where it came from
   * @param now when it came
   */
  static @Nullable Cookie of(String field, URI uri, Instant now) {
    io.netty.handler.codec.http.cookie.Cookie parsed = ClientCookieDecoder.LAX.decode(field);
    if (parsed == null || parsed.name().isEmpty()) {
      return null;
    }
    String host = CookieScope.host(uri);
    String domain = domain(parsed.domain());
    boolean hostOnly = domain.isEmpty() || (domain.equals(host) && !CookieScope.isName(host));
    if (!hostOnly && !mayBeFor(host, domain)) {
      return null;
    }
    boolean ownPath = parsed.path() != null && parsed.path().startsWith("/");
    CookieScope scope =
        new CookieScope(
            hostOnly ? host : domain,
            hostOnly,
            ownPath ? parsed.path() : defaultPath(CookieScope.path(uri)),
            parsed.isSecure());
    if (!isAllowed(parsed.name(), scope, uri)) {
      return null;
    }
    return new Cookie(
        parsed.name(),
        parsed.wrap() ? '"' + parsed.value() + '"' : parsed.value(),
        scope,
        parsed.isHttpOnly(),
        expires(parsed.maxAge(), now));
  }

  private static String domain(@Nullable String attribute) {
    String domain = attribute == null ? "" : attribute.strip().toLowerCase(Locale.ROOT);
    return domain.startsWith(".") ? domain.substring(1) : domain;
  }

  /** A domain without a dot inside, such as {@code com}, belongs to nobody who could ask. */
  private static boolean mayBeFor(String host, String domain) {
    return host.equals(domain)
        || (CookieScope.isName(host) && domain.indexOf('.') > 0 && host.endsWith("." + domain));
  }

  private static boolean isAllowed(String name, CookieScope scope, URI uri) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean hostPrefixed = lower.startsWith(HOST_PREFIX);
    if (scope.secure()) {
      return CookieScope.isSecure(uri)
          && (!hostPrefixed || (scope.hostOnly() && scope.path().equals("/")));
    }
    return !hostPrefixed && !lower.startsWith(SECURE_PREFIX);
  }

  /** RFC 6265, section 5.1.4. */
  private static String defaultPath(String path) {
    int last = path.lastIndexOf('/');
    return last <= 0 ? "/" : path.substring(0, last);
  }

  private static @Nullable Instant expires(long maxAge, Instant now) {
    if (maxAge == io.netty.handler.codec.http.cookie.Cookie.UNDEFINED_MAX_AGE) {
      return null;
    }
    return maxAge <= 0 ? Instant.EPOCH : now.plusSeconds(Math.min(maxAge, Integer.MAX_VALUE));
  }
}
