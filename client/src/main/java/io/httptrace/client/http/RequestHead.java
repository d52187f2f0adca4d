package io.httptrace.client.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The head of a request as it goes out.
 *
 * @param method the method
 * @param target the request target (RFC 9112, section 3.2)
 * @param fields the fields in the order in which they are written
 * @param contentLength how long the body is: 0 if there is none, -1 if that is not known
 * @param expectContinue whether the server is asked for its word before the body is sent
 * @param keepAlive whether the connection may be used again
 */
public record RequestHead(
    String method,
    String target,
    List<Field> fields,
    long contentLength,
    boolean expectContinue,
    boolean keepAlive) {

  /**
   * A field, with all values of its name.
   *
   * @param name the name
   * @param values the values; unmodifiable
   */
  public record Field(String name, List<String> values) {}

  /**
   * {@return the head with more fields}
   *
   * @param more the fields, which come last
   */
  public RequestHead with(List<Field> more) {
    List<Field> all = new ArrayList<>(fields);
    all.addAll(more);
    return new RequestHead(method, target, all, contentLength, expectContinue, keepAlive);
  }

  /** {@return whether a body follows} */
  public boolean hasBody() {
    return contentLength != 0;
  }
}
