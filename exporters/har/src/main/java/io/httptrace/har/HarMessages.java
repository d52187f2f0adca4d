package io.httptrace.har;

import io.httptrace.ByteCounts;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request and the response of an entry. */
final class HarMessages {
  /** A size that is not known. */
  private static final long UNKNOWN = -1;

  private final RoundTrip roundTrip;
  private final Redaction redaction;

  HarMessages(RoundTrip roundTrip, Redaction redaction) {
    this.roundTrip = roundTrip;
    this.redaction = redaction;
  }

  Map<String, Object> request() {
    String url = orEmpty(roundTrip.uri(redaction));
    ByteCounts bytes = roundTrip.bytes();
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", orEmpty(roundTrip.method()));
    request.put("url", url);
    request.put("httpVersion", protocol());
    request.put("cookies", requestCookies());
    request.put("headers", requestHeaders());
    request.put("queryString", query(url));
    request.put("headersSize", UNKNOWN);
    request.put("bodySize", bytes == null ? UNKNOWN : bytes.contentSent());
    return request;
  }

  Map<String, Object> response() {
    Map<String, List<String>> headers = responseHeaders(redaction);
    ByteCounts bytes = roundTrip.bytes();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("size", bytes == null ? UNKNOWN : bytes.contentReceived());
    content.put("mimeType", first(headers, "content-type", "x-unknown"));
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("status", roundTrip.status().orElse(0));
    response.put("statusText", "");
    response.put("httpVersion", protocol());
    response.put("cookies", responseCookies());
    response.put("headers", pairs(headers));
    response.put("content", content);
    response.put("redirectURL", first(headers, "location", ""));
    response.put("headersSize", UNKNOWN);
    response.put("bodySize", UNKNOWN);
    return response;
  }

  /** {@return the version of the response, else of the connection, else {@code unknown}} */
  private String protocol() {
    String protocol = roundTrip.protocol();
    ConnectionUse connection = roundTrip.connection();
    if (protocol != null) {
      return protocol;
    }
    return connection == null ? "unknown" : connection.protocol();
  }

  // ---- Fields ----

  private List<Map<String, Object>> requestHeaders() {
    List<Map<String, Object>> pairs = new ArrayList<>();
    for (HeaderField field : roundTrip.requestHeaders()) {
      field.values(redaction).forEach(value -> pairs.add(pair(field.name(), value)));
    }
    return pairs;
  }

  private Map<String, List<String>> responseHeaders(Redaction shown) {
    Map<String, List<String>> headers = roundTrip.responseHeaders(shown);
    return headers == null ? Map.of() : headers;
  }

  private static List<Map<String, Object>> pairs(Map<String, List<String>> fields) {
    List<Map<String, Object>> pairs = new ArrayList<>();
    fields.forEach((name, values) -> values.forEach(value -> pairs.add(pair(name, value))));
    return pairs;
  }

  private static Map<String, Object> pair(String name, String value) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put("name", name);
    pair.put("value", value);
    return pair;
  }

  private static String first(Map<String, List<String>> fields, String name, String otherwise) {
    return fields.entrySet().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .flatMap(field -> field.getValue().stream())
        .findFirst()
        .orElse(otherwise);
  }

  // ---- The query ----

  private static List<Map<String, Object>> query(String url) {
    int fragment = url.indexOf('#');
    String whole = fragment < 0 ? url : url.substring(0, fragment);
    int start = whole.indexOf('?');
    List<Map<String, Object>> pairs = new ArrayList<>();
    if (start < 0) {
      return pairs;
    }
    for (String parameter : whole.substring(start + 1).split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (!parameter.isEmpty()) {
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        pairs.add(pair(decoded(name), equals < 0 ? "" : decoded(parameter.substring(equals + 1))));
      }
    }
    return pairs;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text; // a percent sign that stands for itself
    }
  }

  // ---- Cookies (RFC 6265, section 4) ----

  private List<Map<String, Object>> requestCookies() {
    List<Map<String, Object>> cookies = new ArrayList<>();
    if (redaction == Redaction.NONE) {
      for (HeaderField field : roundTrip.requestHeaders()) {
        if (field.name().equalsIgnoreCase("cookie")) {
          for (String value : field.values(redaction)) {
            for (String cookie : value.split(";", -1)) {
              add(cookies, cookie);
            }
          }
        }
      }
    }
    return cookies;
  }

  private List<Map<String, Object>> responseCookies() {
    List<Map<String, Object>> cookies = new ArrayList<>();
    if (redaction == Redaction.NONE) {
      responseHeaders(redaction)
          .forEach(
              (name, values) -> {
                if (name.equalsIgnoreCase("set-cookie")) {
                  values.forEach(value -> addSet(cookies, value));
                }
              });
    }
    return cookies;
  }

  private static void addSet(List<Map<String, Object>> cookies, String value) {
    String[] parts = value.split(";", -1);
    Map<String, Object> cookie = add(cookies, parts[0]);
    if (cookie == null) {
      return;
    }
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].trim();
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals).trim();
      String said = equals < 0 ? "" : part.substring(equals + 1).trim();
      if (name.equalsIgnoreCase("path")) {
        cookie.put("path", said);
      } else if (name.equalsIgnoreCase("domain")) {
        cookie.put("domain", said);
      } else if (name.equalsIgnoreCase("httponly")) {
        cookie.put("httpOnly", true);
      } else if (name.equalsIgnoreCase("secure")) {
        cookie.put("secure", true);
      }
    }
  }

  private static @Nullable Map<String, Object> add(List<Map<String, Object>> cookies, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      return null;
    }
    Map<String, Object> cookie =
        pair(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
    cookies.add(cookie);
    return cookie;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
