package io.httptrace.client.request;

import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.RequestHead.Field;
import io.httptrace.client.http.TokenList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the head of an HTTP/2 request from one for HTTP/1.1 (RFC 9113, section 8.2 and 8.3.1): the
 * pseudo-header fields first, names in lower case, each value and each cookie a field of its own,
 * and no fields about the connection.
 */
public final class Http2HeadBuilder {
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "host",
          "connection",
          "proxy-connection",
          "keep-alive",
          "te",
          "transfer-encoding",
          "upgrade");

  private Http2HeadBuilder() {}

  public static RequestHead of(RequestHead head, String scheme) {
    List<Field> fields = new ArrayList<>(head.fields().size() + 4);
    fields.add(field(":authority", valuesOf(head, "Host").get(0)));
    fields.add(field(":method", head.method()));
    fields.add(field(":path", head.target()));
    fields.add(field(":scheme", scheme));
    Set<String> nominated = nominated(head);
    for (Field field : head.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!OF_CONNECTION.contains(name) && !nominated.contains(name)) {
        field.values().forEach(value -> add(fields, name, value));
      }
    }
    if (TokenList.contains(valuesOf(head, "TE"), "trailers")) {
      fields.add(field("te", "trailers")); // and nothing else (RFC 9113, section 8.2.2)
    }
    return new RequestHead(
        head.method(),
        head.target(),
        fields,
        head.contentLength(),
        head.expectContinue(),
        head.keepAlive());
  }

  private static void add(List<Field> fields, String name, String value) {
    if (name.equals("cookie")) {
      // RFC 9113, section 8.2.3.
      for (String crumb : value.split("; ?", -1)) {
        if (!crumb.isEmpty()) {
          fields.add(field(name, crumb));
        }
      }
    } else {
      fields.add(field(name, value));
    }
  }

  /** {@return the names in the request's {@code Connection} field} */
  private static Set<String> nominated(RequestHead head) {
    Set<String> names = new TreeSet<>();
    for (String option : TokenList.of(valuesOf(head, "Connection"))) {
      names.add(option.toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private static List<String> valuesOf(RequestHead head, String name) {
    for (Field field : head.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.values();
      }
    }
    return List.of();
  }

  private static Field field(String name, String value) {
    return new Field(name, List.of(value));
  }
}
