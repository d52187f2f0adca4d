package io.httptrace.client.exchange;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * The head of a response, informational or final.
 *
 * @param status the status code
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers the fields
 * @param hasBody whether there can be a body
 * @param reusable whether the connection can be used again once the body has been read
 */
public record ResponseHead(
    int status, String protocol, HttpHeaders headers, boolean hasBody, boolean reusable) {

  /** How long a status line without a reason is, and what is around the value of a field. */
  private static final int STATUS_LINE = "HTTP/1.1 200 \r\n".length();

  private static final int AROUND_VALUE = ": \r\n".length();

  /** {@return how many bytes it takes at least, written out} */
  long size() {
    long size = STATUS_LINE;
    for (Map.Entry<String, List<String>> field : headers.map().entrySet()) {
      for (String value : field.getValue()) {
        size += field.getKey().length() + value.length() + AROUND_VALUE;
      }
    }
    return size;
  }
}
