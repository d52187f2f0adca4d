package io.httptrace.client.request;

import io.httptrace.client.http.Authority;
import java.net.URI;
import java.util.Locale;

/**
 * The origin of a URI (RFC 6454, section 4).
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name in lower case, or an IP literal without brackets, with its zone if it has one
 * @param port the port, the default one filled in
 */
public record Origin(String scheme, String host, int port) {

  public static Origin of(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    Authority authority = Authority.of(uri);
    int port = authority.port();
    if (port == -1) {
      port = Authority.defaultPort(scheme);
    }
    return new Origin(scheme, authority.host(), port);
  }
}
