package io.httptrace.client.call;

import io.httptrace.client.exchange.ResponseHead;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * What a body handler is told of a response.
 *
 * @param head its head
 */
record ReceivedHead(ResponseHead head) implements HttpResponse.ResponseInfo {

  /** {@return whether a body is compressed, and the caller did not ask for that} */
  static boolean isCompressed(RequestSnapshot request, ResponseHead head, boolean compression) {
    return HeadBuilder.asksForGzip(request, compression)
        && head.hasBody()
        && head.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
  }

  /** {@return a head as it is when its body has been decompressed} */
  static ResponseHead withoutCoding(ResponseHead head) {
    HttpHeaders headers =
        HttpHeaders.of(
            head.headers().map(),
            (name, value) ->
                !name.equalsIgnoreCase("Content-Encoding")
                    && !name.equalsIgnoreCase("Content-Length"));
    return new ResponseHead(
        head.status(), head.protocol(), headers, head.hasBody(), head.reusable());
  }

  @Override
  public int statusCode() {
    return head.status();
  }

  @Override
  public HttpHeaders headers() {
    return head.headers();
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }
}
