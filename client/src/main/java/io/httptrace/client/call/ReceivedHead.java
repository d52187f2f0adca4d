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
 * @param version the version it came in; HTTP/1.0 is taken for HTTP/1.1, as by the JDK's client
 */
record ReceivedHead(int statusCode, HttpHeaders headers, HttpClient.Version version)
    implements HttpResponse.ResponseInfo {

  static ReceivedHead of(ResponseHead head) {
    return new ReceivedHead(
        head.status(),
        head.headers(),
        head.protocol().equals("HTTP/2") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
  }

  /** {@return the answer of a proxy that opens no tunnel} */
  static ReceivedHead of(ProxyException refusal) {
    return new ReceivedHead(
        refusal.status().orElseThrow(), refusal.headers(), HttpClient.Version.HTTP_1_1);
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
                    && !name.equalsIgnoreCase("Content-Length")),
        version);
  }
}
