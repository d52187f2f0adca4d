package io.httptrace.client.followups;

import io.httptrace.client.http.Authority;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the value of a {@code Location} by RFC 3986, section 5.2. {@link URI#resolve} follows an
 * older RFC, with other rules for a reference without a path, for a base without one, and for
 * {@code ..} at the root.
 *
 * <p>Characters that should be encoded, and that sites send unencoded, are encoded: they have only
 * one meaning. A reference with two possible meanings, such as a backslash in a host, is refused.
 */
final class Location {
  private static final String SUB_DELIMS = "!$&'()*+,;=";
  private static final String IN_USER = SUB_DELIMS + ":";
  private static final String IN_PATH = SUB_DELIMS + ":@/";
  private static final String IN_QUERY = IN_PATH + "?[]";
  private static final String HEX = "0123456789ABCDEF";

  // The parts of the reference, as received; null if absent.
  private @Nullable String scheme;
  private @Nullable String authority;
  private final String path;
  private @Nullable String query;
  private @Nullable String fragment;

  private Location(String value) {
    String rest = value;
    int end = firstOf(rest, ":/?#");
    if (end > 0 && rest.charAt(end) == ':' && isScheme(rest, end)) {
      scheme = rest.substring(0, end);
      rest = rest.substring(end + 1);
    }
    if (rest.startsWith("//")) {
      end = firstOf(rest.substring(2), "/?#");
      end = end < 0 ? rest.length() : end + 2;
      authority = rest.substring(2, end);
      rest = rest.substring(end);
    }
    end = rest.indexOf('#');
    if (end >= 0) {
      fragment = rest.substring(end + 1);
      rest = rest.substring(0, end);
    }
    end = rest.indexOf('?');
    if (end >= 0) {
      query = rest.substring(end + 1);
      rest = rest.substring(0, end);
    }
    path = rest;
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** RFC 3986, section 3.1. */
  private static boolean isScheme(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!(isLetter(c) || (i > 0 && (isDigit(c) || "+-.".indexOf(c) >= 0)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return the target}
   *
   * @param base the target of the request
   * @param value the value of the field, each character an octet as it was received
   * @throws IllegalArgumentException if it cannot be a target; the message says why, and quotes
   *     only a host or a port
   */
  static URI resolve(URI base, String value) {
    return new Location(value).resolved(base);
  }

  private URI resolved(URI base) {
    String tail = tail("?", encoded(query, IN_QUERY)) + tail("#", encoded(fragment, IN_QUERY));
    String named = scheme;
    if (named != null && !named.equalsIgnoreCase("http") && !named.equalsIgnoreCase("https")) {
      return uri(
          named + ":" + tail("//", encoded(authority, IN_QUERY)) + encoded(path, IN_PATH) + tail);
    }
    if (named != null || authority != null) {
      String whole = authority == null ? "" : authority;
      if (whole.isEmpty()) {
        throw new IllegalArgumentException("Location without a host");
      }
      return uri(
          (named == null ? base.getScheme() : named)
              + "://"
              + encodedAuthority(whole)
              + withoutDots(encodedPath())
              + tail);
    }
    String origin = base.getScheme() + "://" + base.getRawAuthority();
    String basePath = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
    if (path.isEmpty()) {
      String before = query == null ? tail("?", base.getRawQuery()) : "";
      return uri(origin + basePath + before + tail);
    }
    String whole =
        path.startsWith("/")
            ? encodedPath()
            : basePath.substring(0, basePath.lastIndexOf('/') + 1) + encodedPath();
    return uri(origin + withoutDots(whole) + tail);
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("malformed Location", e);
    }
  }

  private static String tail(String mark, @Nullable String part) {
    return part == null ? "" : mark + part;
  }

  private String encodedPath() {
    String encoded = encoded(path, IN_PATH);
    return encoded == null ? "" : encoded;
  }

  /** The host as it is looked up: an international name is converted to ASCII (RFC 3490). */
  private static String encodedAuthority(String octets) {
    int at = octets.lastIndexOf('@');
    String user = at < 0 ? "" : encoded(octets.substring(0, at), IN_USER) + "@";
    Authority authority = Authority.parse(asText(octets.substring(at + 1)));
    String zone = Authority.zone(authority.host());
    String host =
        zone == null
            ? authority.uriHost()
            : authority.uriHost().replace("]", "%25" + encoded(zone, "") + "]");
    return user + host + (authority.port() < 0 ? "" : ":" + authority.port());
  }

  /** {@return octets as UTF-8, or as ISO 8859-1 if they are not} */
  private static String asText(String octets) {
    byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return octets;
    }
  }

  /** RFC 3986, section 5.2.4. */
  private static String withoutDots(String path) {
    if (path.isEmpty()) {
      return path;
    }
    StringBuilder out = new StringBuilder();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> out.append(last ? "/" : "");
        case ".." -> {
          out.setLength(Math.max(out.lastIndexOf("/"), 0));
          out.append(last ? "/" : "");
        }
        default -> out.append('/').append(segments[i]);
      }
    }
    return out.toString();
  }

  /** {@return a part, with every octet encoded that is not allowed in it} */
  private static @Nullable String encoded(@Nullable String part, String allowed) {
    if (part == null) {
      return null;
    }
    StringBuilder out = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean escape = c == '%' && isHex(part, i + 1) && isHex(part, i + 2);
      if (escape || isUnreserved(c) || allowed.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4 & 0xf)).append(HEX.charAt(c & 0xf));
      }
    }
    return out.toString();
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), 16) >= 0;
  }

  private static boolean isUnreserved(char c) {
    return isLetter(c) || isDigit(c) || "-._~".indexOf(c) >= 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
