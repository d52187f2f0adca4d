package io.httptrace.asynchttpclient;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Header fields of HTTP/2, as the hooks get them. */
final class AhcHttp2Fields {
  private AhcHttp2Fields() {}

  /** Passes each field, in the order of the head: a name with two values is passed twice. */
  static void each(Http2Headers headers, BiConsumer<String, List<String>> field) {
    for (Map.Entry<CharSequence, CharSequence> one : headers) {
      field.accept(one.getKey().toString(), List.of(one.getValue().toString()));
    }
  }

  /** {@return a copy that does not change, without the pseudo-header fields} */
  static Map<String, List<String>> map(Http2Headers headers) {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    each(
        headers,
        (name, values) -> {
          if (!name.startsWith(":")) {
            map.computeIfAbsent(name, n -> new ArrayList<>(1)).addAll(values);
          }
        });
    map.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(map);
  }
}
