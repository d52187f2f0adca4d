package io.httptrace.asynchttpclient;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Header fields of HTTP/1.1, as the hooks get them. */
final class AhcFields {
  private AhcFields() {}

  /** Passes each name with all its values, in the order of the head. */
  static void each(HttpHeaders headers, BiConsumer<String, List<String>> field) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> one = all.next();
      String name = one.getKey().toString();
      String key = name.toLowerCase(Locale.ROOT);
      names.putIfAbsent(key, name);
      values.computeIfAbsent(key, k -> new ArrayList<>(1)).add(one.getValue().toString());
    }
    names.forEach(
        (key, name) -> field.accept(name, List.copyOf(values.getOrDefault(key, List.of()))));
  }

  /** {@return a copy that does not change, of which names are found in any case} */
  static Map<String, List<String>> map(HttpHeaders headers) {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    each(headers, map::put);
    return Collections.unmodifiableMap(map);
  }
}
