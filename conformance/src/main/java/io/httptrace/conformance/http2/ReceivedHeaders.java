package io.httptrace.conformance.http2;

import io.httptrace.conformance.http2.hpack.ReceivedField;
import io.httptrace.conformance.server.ReceivedRequestHead;
import java.util.List;

/**
 * A header block from the client: the head of a request, or its trailers.
 *
 * @param stream the stream
 * @param fields all fields in the order of arrival, pseudo-header fields included
 * @param endStream whether it ends the stream
 */
public record ReceivedHeaders(int stream, List<ReceivedField> fields, boolean endStream) {
  /** Copies the fields. */
  public ReceivedHeaders {
    fields = List.copyOf(fields);
  }

  /**
   * {@return the values of a field, in order}
   *
   * @param name its name, in lower case; that of a pseudo-header field with its colon
   */
  public List<String> values(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).map(ReceivedField::value).toList();
  }

  /**
   * {@return the first value of a field, or the empty text if there is none}
   *
   * @param name its name, in lower case
   */
  public String value(String name) {
    return fields.stream()
        .filter(f -> f.name().equals(name))
        .map(ReceivedField::value)
        .findFirst()
        .orElse("");
  }

  /** {@return whether it is the head of a request, not trailers} */
  public boolean isRequest() {
    return fields.stream().anyMatch(f -> f.name().equals(":method"));
  }

  /** {@return the method} */
  public String method() {
    return value(":method");
  }

  /** {@return the path with the query} */
  public String path() {
    return value(":path");
  }

  /** {@return the same as a head of HTTP/1.1, with {@code :authority} as it is} */
  public ReceivedRequestHead head() {
    List<String> lines =
        fields.stream()
            .filter(f -> !f.name().startsWith(":") || f.name().equals(":authority"))
            .map(ReceivedField::toString)
            .toList();
    return new ReceivedRequestHead(method() + " " + path() + " HTTP/2.0", lines);
  }
}
