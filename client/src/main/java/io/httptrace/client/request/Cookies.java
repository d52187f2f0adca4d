package io.httptrace.client.request;

import io.httptrace.client.http.ResponseHead;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends and keeps cookies with a {@link CookieHandler}, as the JDK's client does. */
public record Cookies(CookieHandler handler) {

  /**
   * {@return a request with the cookies of its target} They go in front of the caller's own, all in
   * one field (RFC 6265, section 5.4).
   *
   * @param request the request
   * @param callers the caller's fields, as the handler gets them
   */
  public RequestSnapshot addTo(RequestSnapshot request, HttpHeaders callers) throws IOException {
    List<String> cookies = new ArrayList<>();
    RequestSnapshot sent = request;
    Map<String, List<String>> fields = handler.get(request.uri(), callers.map());
    for (Map.Entry<String, List<String>> field : fields.entrySet()) {
      List<String> values = valid(field.getValue());
      if ("Cookie".equalsIgnoreCase(field.getKey())) {
        cookies.addAll(values);
      } else if ("Cookie2".equalsIgnoreCase(field.getKey())
          && request.values("Cookie2").isEmpty()
          && !values.isEmpty()) {
        sent = sent.withField("Cookie2", values);
      }
    }
    if (cookies.isEmpty()) {
      return sent;
    }
    cookies.addAll(request.values("Cookie"));
    return sent.withField("Cookie", List.of(String.join("; ", cookies)));
  }

  private static List<String> valid(@Nullable List<String> values) {
    return values == null ? List.of() : values.stream().filter(Syntax::isFieldValue).toList();
  }

  /** Passes the fields of a response to the handler. */
  public void keep(RequestSnapshot request, ResponseHead head) throws IOException {
    handler.put(request.uri(), head.headers().map());
  }
}
