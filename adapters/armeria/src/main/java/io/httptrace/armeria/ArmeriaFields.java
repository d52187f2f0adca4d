package io.httptrace.armeria;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Header fields as hooks get them: all values of a name together, in the order of the names. */
final class ArmeriaFields {
  private ArmeriaFields() {}

  /**
   * {@return the fields, without pseudo-header fields; names that differ in case only are one, as
   * the first is spelt}
   */
  static Map<String, List<String>> of(
      Iterable<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> fields) {
    Map<String, String> spelt = new LinkedHashMap<>();
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Map.Entry<? extends CharSequence, ? extends CharSequence> field : fields) {
      String name = field.getKey().toString();
      if (!name.startsWith(":")) {
        String first = spelt.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> name);
        all.computeIfAbsent(first, n -> new ArrayList<>()).add(field.getValue().toString());
      }
    }
    all.replaceAll((name, values) -> Collections.unmodifiableList(values));
    return Collections.unmodifiableMap(all);
  }
}
