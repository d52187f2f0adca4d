package io.httptrace.client.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.client.http.Authority;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.RequestHead.Field;
import io.httptrace.client.http.TokenList;
import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the head of a request, its fields in Go's order: Host, User-Agent, Connection, the framing
 * of the body, the caller's fields by name, and those that the client adds.
 */
public final class HeadBuilder {
  /** Fields that have a place of their own in this order. */
  private static final List<String> PLACED =
      List.of(
          "Host",
          "User-Agent",
          "Connection",
          "Content-Length",
          "Transfer-Encoding",
          "Expect",
          Route.AUTHORIZATION);

  /** Methods whose requests say that they have no body (RFC 9110, section 8.6). */
  private static final Set<String> ANTICIPATE_BODY = Set.of("POST", "PUT", "PATCH");

  private final RequestSnapshot request;
  private final Route route;
  private final RequestDefaults defaults;
  private final List<Field> fields = new ArrayList<>(6);

  private HeadBuilder(RequestSnapshot request, Route route, RequestDefaults defaults) {
    this.request = request;
    this.route = route;
    this.defaults = defaults;
  }

  public static RequestHead of(RequestSnapshot request, Route route, RequestDefaults defaults) {
    return new HeadBuilder(request, route, defaults).build();
  }

  /** {@return whether the client asks for gzip, and has to decode it} */
  public static boolean asksForGzip(RequestSnapshot request, boolean compression) {
    return compression
        && !request.method().equals("HEAD")
        && request.values("Accept-Encoding").isEmpty()
        && request.values("Range").isEmpty();
  }

  private RequestHead build() {
    List<String> connection = request.values("Connection");
    boolean callerCloses = TokenList.contains(connection, "close"); // RFC 9110, section 7.6.1
    String host = host(request.uri());
    fields.add(new Field("Host", first("Host", List.of(host))));
    List<String> userAgent = first("User-Agent", defaults.userAgent());
    if (!userAgent.isEmpty()) {
      fields.add(new Field("User-Agent", userAgent));
    }
    if (!connection.isEmpty()) {
      fields.add(new Field("Connection", connection));
    }
    addFraming();
    for (Map.Entry<String, List<String>> field : request.headers().map().entrySet()) {
      if (!isPlaced(field.getKey())) {
        fields.add(new Field(field.getKey(), values(field.getKey(), field.getValue())));
      }
    }
    if (request.expectContinue()) {
      fields.add(new Field("Expect", List.of(RequestSnapshot.CONTINUE)));
    } else {
      addOtherExpectations();
    }
    if (asksForGzip(request, defaults.compression())) {
      fields.add(new Field("Accept-Encoding", List.of("gzip")));
    }
    if (!route.authorization().isEmpty()) {
      fields.add(new Field(Route.AUTHORIZATION, route.authorization()));
    }
    if (!defaults.keepAlive() && !callerCloses && !request.upgrade()) {
      fields.add(new Field("Connection", List.of("close")));
    }
    return new RequestHead(
        request.method(),
        route.targetOf(request.uri(), host),
        fields,
        Math.max(request.contentLength(), -1),
        request.expectContinue(),
        defaults.keepAlive() && !callerCloses);
  }

  /** The caller's other expectations; without a body there is no {@code 100-continue}. */
  private void addOtherExpectations() {
    List<String> expected = request.values("Expect");
    if (!expected.isEmpty() && !TokenList.contains(expected, RequestSnapshot.CONTINUE)) {
      fields.add(new Field("Expect", expected));
    }
  }

  /** {@return the values as they are sent} Cookies go in one line (RFC 6265, section 5.4). */
  private static List<String> values(String name, List<String> values) {
    return values.size() > 1 && name.equalsIgnoreCase("Cookie")
        ? List.of(String.join("; ", values))
        : values;
  }

  /** {@return the caller's first value of a field, if there is one} */
  private List<String> first(String name, List<String> otherwise) {
    List<String> values = request.values(name);
    return values.isEmpty() ? otherwise : List.of(values.get(0));
  }

  private static boolean isPlaced(String name) {
    for (String placed : PLACED) {
      if (placed.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private void addFraming() {
    long length = request.contentLength();
    if (length > 0 || (length == 0 && ANTICIPATE_BODY.contains(request.method()))) {
      fields.add(new Field("Content-Length", List.of(Long.toString(length))));
    } else if (length < 0) {
      fields.add(new Field("Transfer-Encoding", List.of("chunked")));
    }
  }

  /** {@return the target of a request (RFC 9112, section 3.2)} */
  public static String target(RequestSnapshot request, Route route) {
    return route.targetOf(request.uri(), host(request.uri()));
  }

  /** Without the zone, which is for this machine only (RFC 6874, section 4). */
  private static String host(URI uri) {
    String host = uri.getHost();
    int port = uri.getPort();
    if (host == null || host.indexOf('%') >= 0) {
      Authority authority = Authority.of(uri);
      host = authority.uriHost();
      port = authority.port();
    }
    boolean byDefault = port == -1 || port == Authority.defaultPort(uri.getScheme());
    return byDefault ? host : host + ":" + port;
  }

  /**
   * {@return the target of a request in origin form (RFC 9112, section 3.2.1)} A {@link URI} may
   * contain characters that are not encoded yet.
   */
  public static String target(URI uri) {
    String path = uri.getRawPath();
    String target = path == null || path.isEmpty() ? "/" : encoded(path);
    return uri.getRawQuery() == null ? target : target + "?" + encoded(uri.getRawQuery());
  }

  /**
   * Normalized and encoded as by {@link URI#toASCIIString}; the backtick, which that may produce,
   * is encoded too.
   */
  private static String encoded(String part) {
    if (Syntax.isAscii(part)) {
      return part;
    }
    StringBuilder encoded = new StringBuilder();
    for (byte octet : Normalizer.normalize(part, Normalizer.Form.NFC).getBytes(UTF_8)) {
      if (octet >= 0 && octet != '`') {
        encoded.append((char) octet);
      } else {
        encoded.append(String.format("%%%02X", octet));
      }
    }
    return encoded.toString();
  }
}
