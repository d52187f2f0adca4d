package io.httptrace.client.request;

import static java.util.Objects.requireNonNull;

import io.httptrace.client.http.Authority;
import io.httptrace.client.http.TokenList;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request: read once, when it is sent, and checked, because its class may be the
 * caller's.
 *
 * @param original the caller's request
 * @param method the method
 * @param uri the target
 * @param headers the fields the caller set
 * @param publisher the body, or null
 * @param contentLength how long the body is; 0 for none, negative if that is not known
 * @param expectContinue whether to wait for {@code 100 Continue} before the body
 * @param timeout how long the call may take, or null
 * @param upgrade whether it asks for another protocol, and takes over its connection (RFC 9110,
 *     section 7.8)
 */
public record RequestSnapshot(
    HttpRequest original,
    String method,
    URI uri,
    HttpHeaders headers,
    @Nullable BodyPublisher publisher,
    long contentLength,
    boolean expectContinue,
    @Nullable Duration timeout,
    boolean upgrade) {

  static final String CONTINUE = "100-continue";

  /** The JDK's restricted headers, and its property that allows some of them. */
  private static final Set<String> RESTRICTED = restricted();

  private static Set<String> restricted() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Set.of("connection", "content-length", "expect", "host", "upgrade"));
    String allowed = System.getProperty("jdk.httpclient.allowRestrictedHeaders");
    if (allowed != null) {
      for (String name : allowed.trim().split(",", -1)) {
        names.remove(name.trim());
      }
    }
    return names;
  }

  /**
   * {@return the snapshot of a request}
   *
   * @throws IllegalArgumentException if it could not have been built by {@link HttpRequest.Builder}
   */
  public static RequestSnapshot of(HttpRequest request) {
    String method = method(request.method());
    URI uri = requireNonNull(request.uri(), "uri must be non null");
    checkUri(uri);
    Duration timeout = request.timeout().orElse(null);
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("Invalid duration: " + timeout);
    }
    HttpHeaders headers = request.headers();
    headers.map().forEach(RequestSnapshot::check);
    BodyPublisher publisher = request.bodyPublisher().orElse(null);
    return new RequestSnapshot(
        request,
        method,
        uri,
        headers,
        publisher,
        publisher == null ? 0 : publisher.contentLength(),
        request.expectContinue() || TokenList.contains(headers.allValues("Expect"), CONTINUE),
        timeout,
        false);
  }

  /** A caller's class may return null: then it is a GET. */
  private static String method(@Nullable String method) {
    if (method == null) {
      return "GET";
    }
    if (!Syntax.isToken(method)) {
      throw new IllegalArgumentException("illegal method \"" + escape(method) + "\"");
    }
    if (method.equals("CONNECT")) {
      throw new IllegalArgumentException("Unsupported method CONNECT");
    }
    return method;
  }

  private static void checkUri(URI uri) {
    String scheme = uri.getScheme();
    if (scheme == null) {
      throw new IllegalArgumentException("URI with undefined scheme");
    }
    String lower = scheme.toLowerCase(Locale.ROOT);
    if (!lower.equals("http") && !lower.equals("https")) {
      throw new IllegalArgumentException("invalid URI scheme " + scheme);
    }
    if (uri.getRawAuthority() == null) {
      throw new IllegalArgumentException("unsupported URI " + RedactedUri.of(uri));
    }
    if (Syntax.hasHalfOfAPair(uri.toString())) {
      throw new IllegalArgumentException("URI with half of a surrogate pair");
    }
    Authority.of(uri);
  }

  private static void check(String name, List<String> values) {
    if (!Syntax.isToken(name)) {
      throw new IllegalArgumentException("invalid header name: \"" + escape(name) + "\"");
    }
    if (RESTRICTED.contains(name)) {
      throw new IllegalArgumentException("restricted header name: \"" + name + "\"");
    }
    for (String value : values) {
      if (!Syntax.isFieldValue(value)) {
        throw new IllegalArgumentException("invalid header value for " + name);
      }
    }
  }

  private static String escape(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  public Origin origin() {
    return Origin.of(uri);
  }

  /** {@return the values of a field; without the streams of {@link HttpHeaders#allValues}} */
  public List<String> values(String name) {
    List<String> values = headers.map().get(name);
    return values == null ? List.of() : values;
  }

  public boolean hasBody() {
    return contentLength != 0;
  }

  /**
   * {@return this request with another value of a field} For the caller it is still the same
   * request.
   */
  public RequestSnapshot withField(String name, List<String> values) {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.putAll(headers.map());
    fields.put(name, values);
    return new RequestSnapshot(
        original,
        method,
        uri,
        HttpHeaders.of(fields, (n, v) -> true),
        publisher,
        contentLength,
        expectContinue,
        timeout,
        upgrade);
  }

  /**
   * {@return this request, asking for another protocol}
   *
   * @param protocol the protocol
   */
  public RequestSnapshot upgradingTo(String protocol) {
    RequestSnapshot asking =
        withField("Connection", List.of("Upgrade")).withField("Upgrade", List.of(protocol));
    return new RequestSnapshot(
        original,
        method,
        uri,
        asking.headers,
        publisher,
        contentLength,
        expectContinue,
        timeout,
        true);
  }

  /**
   * {@return the request that follows a redirect of this one}
   *
   * @param keepsBody whether the body is sent again
   */
  public RequestSnapshot redirectedTo(
      URI target, String newMethod, HttpHeaders fields, boolean keepsBody) {
    return new RequestSnapshot(
        new RedirectedRequest(original, newMethod, target, fields, keepsBody),
        newMethod,
        target,
        fields,
        keepsBody ? publisher : null,
        keepsBody ? contentLength : 0,
        keepsBody && expectContinue,
        timeout,
        upgrade);
  }
}
