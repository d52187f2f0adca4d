package io.httptrace.client.call;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the value of a {@code Location} by RFC 3986, section 5.2. {@link URI#resolve} does it by
 * an older RFC, which has other ideas of a reference without a path, of a base without one, and of
 * {@code ..} at the root.
 */
final class Location {
  private Location() {}

  /**
   * {@return the target}
   *
   * @param base the target of the request
   * @param value the value of the field, each character an octet as it was received
   * @throws IllegalArgumentException if it is not a URI reference
   */
  static URI resolve(URI base, String value) {
    URI reference = URI.create(escaped(value));
    if (reference.getScheme() != null) {
      return reference;
    }
    String scheme = base.getScheme() + ":";
    if (reference.getRawAuthority() != null) {
      return URI.create(scheme + reference);
    }
    String origin = scheme + "//" + base.getRawAuthority();
    String basePath = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
    String tail = tail("?", reference.getRawQuery()) + tail("#", reference.getRawFragment());
    String path = reference.getRawPath();
    if (path.isEmpty()) {
      String query = reference.getRawQuery() == null ? tail("?", base.getRawQuery()) : "";
      return URI.create(origin + basePath + query + tail);
    }
    if (!path.startsWith("/")) {
      path = basePath.substring(0, basePath.lastIndexOf('/') + 1) + path;
    }
    return URI.create(origin + withoutDots(path) + tail);
  }

  private static String tail(String mark, @Nullable String part) {
    return part == null ? "" : mark + part;
  }

  /** RFC 3986, section 5.2.4. */
  private static String withoutDots(String path) {
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

  /** Octets that are not ASCII are often sent as they are; a URI has them escaped. */
  private static String escaped(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (byte octet : value.getBytes(StandardCharsets.ISO_8859_1)) {
      if (octet < 0) {
        out.append(String.format("%%%02X", octet & 0xff));
      } else {
        out.append((char) octet);
      }
    }
    return out.toString();
  }
}
