package io.httptrace.reactornetty;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Netty's header fields, as hooks have them. */
final class ReactorFields {
  private ReactorFields() {}

  /** {@return each name with all its values, in the order of the head} */
  static Map<String, List<String>> toMap(HttpHeaders headers) {
    Map<String, String> spelled = new LinkedHashMap<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : headers) {
      String name =
          spelled.computeIfAbsent(field.getKey().toLowerCase(Locale.ROOT), lower -> field.getKey());
      values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(field.getValue());
    }
    return Collections.unmodifiableMap(values);
  }

  /** {@return each name with all its values, without pseudo-header fields} */
  static Map<String, List<String>> toMap(Http2Headers headers) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      String name = field.getKey().toString();
      if (!name.startsWith(":")) {
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(field.getValue().toString());
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /** {@return each field on its own, as HTTP/2 sends them} */
  static List<Map.Entry<String, List<String>>> each(Http2Headers headers) {
    List<Map.Entry<String, List<String>>> fields = new ArrayList<>(headers.size());
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      fields.add(Map.entry(field.getKey().toString(), List.of(field.getValue().toString())));
    }
    return fields;
  }
}
