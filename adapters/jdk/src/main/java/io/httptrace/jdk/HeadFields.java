package io.httptrace.jdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the head of a request, as they are sent.
 *
 * @param fields each call of the hook: a name and its values
 */
record HeadFields(List<Map.Entry<String, List<String>>> fields) {
  private static final String STATUS = ":status";

  /** {@return the fields of a head for HTTP/1.1, read from its bytes; these stay as they are} */
  static HeadFields ofHttp1(List<?> buffers) {
    StringBuilder text = new StringBuilder();
    for (Object each : buffers) {
      ByteBuffer bytes = ((ByteBuffer) each).duplicate();
      text.append(ISO_8859_1.decode(bytes));
    }
    Map<String, String> spelling = new LinkedHashMap<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    String[] lines = text.toString().split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon);
        String key = name.toLowerCase(Locale.ROOT);
        spelling.putIfAbsent(key, name);
        values
            .computeIfAbsent(key, k -> new ArrayList<>())
            .add(lines[i].substring(colon + 1).strip());
      }
    }
    List<Map.Entry<String, List<String>>> fields = new ArrayList<>();
    values.forEach(
        (key, all) -> fields.add(Map.entry(spelling.getOrDefault(key, key), List.copyOf(all))));
    return new HeadFields(fields);
  }

  /** {@return the fields of a head for HTTP/2, in the order in which they are sent} */
  static HeadFields ofHttp2(@Nullable HttpHeaders... headers) {
    List<Map.Entry<String, List<String>>> fields = new ArrayList<>();
    for (HttpHeaders each : headers) {
      if (each != null) {
        each.map()
            .forEach(
                (name, values) ->
                    values.forEach(
                        value ->
                            fields.add(Map.entry(name.toLowerCase(Locale.ROOT), List.of(value)))));
      }
    }
    return new HeadFields(fields);
  }

  /** {@return the fields of a response, without those that begin with a colon} */
  static Map<String, List<String>> withoutPseudo(HttpHeaders fields) {
    Map<String, List<String>> all = fields.map();
    return all.containsKey(STATUS)
        ? HttpHeaders.of(all, (name, value) -> !name.startsWith(":")).map()
        : all;
  }
}
