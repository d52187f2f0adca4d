package io.httptrace.timeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies of header fields that keep their order. */
final class Headers {
  private Headers() {}

  static Map<String, List<String>> copy(Map<String, List<String>> headers) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return unmodifiable(copy);
  }

  static Map<String, List<String>> unmodifiable(Map<String, List<String>> headers) {
    return Collections.unmodifiableMap(headers);
  }
}
