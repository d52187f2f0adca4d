package io.httptrace.apache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.hc.core5.http.Header;

/** The header fields of a message. */
final class ApacheFields {
  private ApacheFields() {}

  /** {@return each name with all its values; unmodifiable, and found whatever its case} */
  static Map<String, List<String>> map(Header[] fields) {
    Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header field : fields) {
      values.computeIfAbsent(field.getName(), n -> new ArrayList<>(1)).add(valueOf(field));
    }
    values.replaceAll((name, all) -> Collections.unmodifiableList(all));
    return Collections.unmodifiableMap(values);
  }

  /** Passes each name with all its values, in the order of the head. */
  static void grouped(Header[] fields, BiConsumer<String, List<String>> field) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (Header one : fields) {
      String key = one.getName().toLowerCase(Locale.ROOT);
      names.putIfAbsent(key, one.getName());
      values.computeIfAbsent(key, k -> new ArrayList<>(1)).add(valueOf(one));
    }
    names.forEach((key, name) -> field.accept(name, List.copyOf(values.get(key))));
  }

  /** {@return the value of a field, as a list} */
  static List<String> valuesOf(Header field) {
    return List.of(valueOf(field));
  }

  /** {@return the value of a field, which may be null} */
  private static String valueOf(Header field) {
    String value = field.getValue();
    return value == null ? "" : value;
  }
}
