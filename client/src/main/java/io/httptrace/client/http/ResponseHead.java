package io.httptrace.client.http;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The head of a response, informational or final.
 *
 * @param status the status code
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param fields the fields as they came; not changed any more
 * @param hasBody whether there can be a body
 * @param reusable whether the connection can be used again once the body has been read
 */
public record ResponseHead(
    int status,
    String protocol,
    Iterable<Map.Entry<String, String>> fields,
    boolean hasBody,
    boolean reusable) {

  /** How long a status line without a reason is, and what is around the value of a field. */
  private static final int STATUS_LINE = "HTTP/1.1 200 \r\n".length();

  private static final int AROUND_VALUE = ": \r\n".length();

  /**
   * {@return the fields for the caller} Their names are in lower case, as the JDK's client has them
   * whatever the server wrote.
   */
  public HttpHeaders headers() {
    return collect(name -> name.toLowerCase(Locale.ROOT));
  }

  /** {@return the fields for the hooks, their names as the server wrote them} */
  public Map<String, List<String>> spelledHeaders() {
    return collect(name -> name).map();
  }

  private HttpHeaders collect(UnaryOperator<String> spelling) {
    Map<String, List<String>> collected = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> field : fields) {
      collected.merge(
          spelling.apply(field.getKey()), List.of(field.getValue()), ResponseHead::joined);
    }
    return HttpHeaders.of(collected, (name, value) -> true);
  }

  /** {@return the values of a name that comes again} */
  private static List<String> joined(List<String> before, List<String> more) {
    List<String> all = before instanceof ArrayList ? before : new ArrayList<>(before);
    all.addAll(more);
    return all;
  }

  /** {@return how many bytes it takes at least, written out} */
  public long size() {
    long size = STATUS_LINE;
    for (Map.Entry<String, String> field : fields) {
      size += field.getKey().length() + field.getValue().length() + AROUND_VALUE;
    }
    return size;
  }
}
