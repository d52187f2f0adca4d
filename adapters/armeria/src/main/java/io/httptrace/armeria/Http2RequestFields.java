package io.httptrace.armeria;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The fields of a request over HTTP/2, as Armeria makes them of a request's headers. */
final class Http2RequestFields {
  /** HTTP/2 has none of these (RFC 9113, section 8.2.2). */
  private static final Set<AsciiString> OMITTED =
      Set.of(
          HttpHeaderNames.CONNECTION,
          HttpHeaderNames.KEEP_ALIVE,
          AsciiString.cached("proxy-connection"),
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.UPGRADE);

  private Http2RequestFields() {}

  /**
   * Tells each value by itself, the pseudo-header fields first, and each cookie by itself.
   *
   * @param scheme the scheme, which Armeria adds if it is missing
   */
  static void tell(RequestHeaders headers, String scheme, BiConsumer<String, List<String>> told) {
    for (Map.Entry<AsciiString, String> field : headers) {
      if (isPseudo(field)) {
        told.accept(field.getKey().toString(), List.of(field.getValue()));
      }
    }
    if (!headers.contains(HttpHeaderNames.SCHEME)) {
      told.accept(HttpHeaderNames.SCHEME.toString(), List.of(scheme));
    }
    for (Map.Entry<AsciiString, String> field : headers) {
      if (isPseudo(field) || OMITTED.contains(field.getKey())) {
        continue;
      }
      String name = field.getKey().toString();
      if (field.getKey().equals(HttpHeaderNames.COOKIE)) {
        for (String cookie : field.getValue().split(";", -1)) {
          told.accept(name, List.of(cookie.strip()));
        }
      } else {
        told.accept(name, List.of(field.getValue()));
      }
    }
  }

  private static boolean isPseudo(Map.Entry<AsciiString, String> field) {
    return !field.getKey().isEmpty() && field.getKey().charAt(0) == ':';
  }
}
