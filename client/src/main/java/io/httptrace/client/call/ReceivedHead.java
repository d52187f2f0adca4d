package io.httptrace.client.call;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.exchange.ResponseHead;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * What a body handler is told of a response.
 *
 * @param statusCode its status
 * @param headers its fields
 */
record ReceivedHead(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {

  static ReceivedHead of(ResponseHead head) {
    return new ReceivedHead(head.status(), head.headers());
  }

  /** {@return the answer of a proxy that opens no tunnel} */
  static ReceivedHead of(ProxyException refusal) {
    return new ReceivedHead(refusal.status().orElseThrow(), refusal.headers());
  }

  /** {@return whether the body is compressed} */
  boolean isGzip() {
    return headers.firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
  }

  /** {@return the head as it is when the body has been decompressed} */
  ReceivedHead withoutCoding() {
    return new ReceivedHead(
        statusCode,
        HttpHeaders.of(
            headers.map(),
            (name, value) ->
                !name.equalsIgnoreCase("Content-Encoding")
                    && !name.equalsIgnoreCase("Content-Length")));
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }
}
