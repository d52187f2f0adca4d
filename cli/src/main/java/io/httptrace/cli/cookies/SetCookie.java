package io.httptrace.cli.cookies;

import io.netty.handler.codec.DateFormatter;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses {@code Set-Cookie} (RFC 6265, section 5.3). */
final class SetCookie {
  private static final String SECURE_PREFIX = "__secure-";
  private static final String HOST_PREFIX = "__host-";

  private SetCookie() {}

  /**
   * {@return the cookie that a field sets, or null if its server may not set it}
   *
   * @param field the value of the field
   * @param uri where it came from
   * @param now when it came
   */
  static @Nullable Cookie of(String field, URI uri, Instant now) {
    String[] parts = field.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : trimmed(parts[0].substring(0, equals));
    if (name.isEmpty() || field.chars().anyMatch(SetCookie::isControl)) {
      return null;
    }
    String value = trimmed(parts[0].substring(equals + 1));
    if (name.indexOf('\t') >= 0 || value.indexOf('\t') >= 0) {
      return null; // a file could not hold it, and curl does not keep it either
    }
    Map<String, String> attributes = attributes(parts);
    String host = CookieScope.host(uri);
    String domain = domain(attributes.getOrDefault("domain", ""));
    boolean hostOnly = domain.isEmpty() || (domain.equals(host) && !CookieScope.isName(host));
    if (!hostOnly && !mayBeFor(host, domain)) {
      return null;
    }
    String path = attributes.getOrDefault("path", "");
    CookieScope scope =
        new CookieScope(
            hostOnly ? host : domain,
            hostOnly,
            path.startsWith("/") ? path : defaultPath(CookieScope.path(uri)),
            attributes.containsKey("secure"));
    if (!isAllowed(name, scope, uri)) {
      return null;
    }
    return new Cookie(
        name, value, scope, attributes.containsKey("httponly"), expires(attributes, now));
  }

  /** The attributes; the last one of a name counts (RFC 6265, section 5.3). */
  private static Map<String, String> attributes(String[] parts) {
    Map<String, String> attributes = new HashMap<>();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      attributes.put(
          trimmed(name).toLowerCase(Locale.ROOT),
          equals < 0 ? "" : trimmed(part.substring(equals + 1)));
    }
    return attributes;
  }

  /** Removes blanks and tabs around a part, but not quotes (RFC 6265, section 5.2). */
  private static String trimmed(String part) {
    return part.replaceAll("^[ \t]+|[ \t]+$", "");
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  private static String domain(String attribute) {
    String domain = attribute.toLowerCase(Locale.ROOT);
    return domain.startsWith(".") ? domain.substring(1) : domain;
  }

  /** Refuses a domain without a dot inside, such as {@code com}. */
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

  /** The default path (RFC 6265, section 5.1.4). */
  private static String defaultPath(String path) {
    int last = path.lastIndexOf('/');
    return last <= 0 ? "/" : path.substring(0, last);
  }

  /** {@code Max-Age} comes before {@code Expires} (RFC 6265, section 5.3). */
  private static @Nullable Instant expires(Map<String, String> attributes, Instant now) {
    String maxAge = attributes.getOrDefault("max-age", "");
    if (maxAge.matches("-[0-9]+|0+")) {
      return Instant.EPOCH;
    }
    if (maxAge.matches("[0-9]+")) {
      long seconds = maxAge.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(maxAge);
      return now.plusSeconds(seconds);
    }
    Date expires = DateFormatter.parseHttpDate(attributes.getOrDefault("expires", ""));
    if (expires == null) {
      return null;
    }
    return expires.toInstant();
  }
}
