package io.httptrace.jetty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request, as Jetty sends them. It adds those that frame the body while it
 * writes them, and does not tell.
 */
final class JettyRequestFields {
  /** What HTTP/2 has no use for (RFC 9113, section 8.2.2). */
  private static final Set<String> NOT_OF_HTTP2 =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private final List<Map.Entry<String, List<String>>> fields = new ArrayList<>();

  private JettyRequestFields() {}

  /** {@return the fields of a request that has been written} */
  static JettyRequestFields of(HttpRequest request, @Nullable JettyRequestBody body) {
    JettyRequestFields made = new JettyRequestFields();
    if (JettyConnections.isHttp2(request.getVersion())) {
      made.http2(request);
    } else {
      made.http1(request, body);
    }
    return made;
  }

  /** Passes each name with its values. */
  void forEach(BiConsumer<String, List<String>> field) {
    fields.forEach(entry -> field.accept(entry.getKey(), entry.getValue()));
  }

  private void http1(Request request, @Nullable JettyRequestBody body) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    long length = body == null ? 0 : body.length();
    for (HttpField field : request.getHeaders()) {
      if (field.getHeader() == HttpHeader.CONTENT_LENGTH) {
        length = body == null || length < 0 ? field.getLongValue() : length;
      } else if (field.getHeader() != HttpHeader.TRANSFER_ENCODING) {
        String key = field.getName().toLowerCase(Locale.ROOT);
        names.putIfAbsent(key, field.getName());
        values.computeIfAbsent(key, k -> new ArrayList<>(1)).add(field.getValue());
      }
    }
    List<String> connection = values.remove("connection");
    values.forEach((key, all) -> add(names.get(key), all));
    boolean chunked = length < 0 || request.getTrailersSupplier() != null;
    if (chunked) {
      add(HttpHeader.TRANSFER_ENCODING.asString(), List.of("chunked"));
    } else if (length > 0 || isExpectedToHaveBody(request)) {
      add(HttpHeader.CONTENT_LENGTH.asString(), List.of(Long.toString(length)));
    }
    if (connection != null) {
      add(names.get("connection"), connection);
    }
  }

  private static boolean isExpectedToHaveBody(Request request) {
    return request.getMethod().equals("POST")
        || request.getMethod().equals("PUT")
        || request.getHeaders().contains(HttpHeader.CONTENT_TYPE);
  }

  private void http2(Request request) {
    int port = request.getPort();
    boolean usual = port == URIUtil.getDefaultPortForScheme(request.getScheme());
    String query = request.getQuery();
    add(":method", List.of(request.getMethod()));
    add(":scheme", List.of(request.getScheme()));
    add(":authority", List.of(usual ? request.getHost() : request.getHost() + ":" + port));
    add(":path", List.of(request.getPath() + (query == null ? "" : "?" + query)));
    for (HttpField field : request.getHeaders()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!NOT_OF_HTTP2.contains(name)) {
        add(name, List.of(field.getValue()));
      }
    }
  }

  private void add(@Nullable String name, List<String> values) {
    if (name != null) {
      fields.add(Map.entry(name, List.copyOf(values)));
    }
  }
}
