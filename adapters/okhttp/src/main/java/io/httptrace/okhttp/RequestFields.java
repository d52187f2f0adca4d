package io.httptrace.okhttp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** The header fields of a request, as OkHttp sends them. */
final class RequestFields {
  /** What HTTP/2 has no use for (RFC 9113, section 8.2.2). */
  private static final Set<String> NOT_OF_HTTP2 =
      Set.of(
          "connection",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "encoding",
          "upgrade");

  private RequestFields() {}

  /** Passes each name with all its values, in the order of the head. */
  static void http1(Request request, BiConsumer<String, List<String>> field) {
    Headers headers = request.headers();
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      String key = headers.name(i).toLowerCase(Locale.ROOT);
      names.putIfAbsent(key, headers.name(i));
      values.computeIfAbsent(key, k -> new ArrayList<>(1)).add(headers.value(i));
    }
    names.forEach((key, name) -> field.accept(name, List.copyOf(values.get(key))));
  }

  /** Passes each field, the pseudo-header fields first. OkHttp tells them as of HTTP/1.1. */
  static void http2(Request request, BiConsumer<String, List<String>> field) {
    HttpUrl url = request.url();
    String query = url.encodedQuery();
    field.accept(":method", List.of(request.method()));
    field.accept(":path", List.of(url.encodedPath() + (query == null ? "" : "?" + query)));
    String host = request.header("Host");
    if (host != null) {
      field.accept(":authority", List.of(host));
    }
    field.accept(":scheme", List.of(url.scheme()));
    Headers headers = request.headers();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i).toLowerCase(Locale.ROOT);
      String value = headers.value(i);
      if (!NOT_OF_HTTP2.contains(name) || (name.equals("te") && value.equals("trailers"))) {
        field.accept(name, List.of(value));
      }
    }
  }
}
