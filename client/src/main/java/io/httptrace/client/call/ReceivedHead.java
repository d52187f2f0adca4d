package io.httptrace.client.call;

import io.httptrace.client.body.ContentCodings;
import io.httptrace.client.body.ContentDecoder;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.http.TokenList;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a body handler is told of a response. Its fields are collected when they are asked for,
 * which for many a response is never.
 */
final class ReceivedHead implements HttpResponse.ResponseInfo {
  private final int statusCode;
  private final HttpClient.Version version;
  private final Supplier<HttpHeaders> fields;

  /** Whichever thread has collected it last: they are all equal, and immutable. */
  private @Nullable HttpHeaders headers;

  private ReceivedHead(int statusCode, HttpClient.Version version, Supplier<HttpHeaders> fields) {
    this.statusCode = statusCode;
    this.version = version;
    this.fields = fields;
  }

  static ReceivedHead of(ResponseHead head) {
    return new ReceivedHead(head.status(), Protocol.versionOf(head.protocol()), head::headers);
  }

  /** {@return the answer of a proxy that opens no tunnel} */
  static ReceivedHead of(ProxyException refusal) {
    return new ReceivedHead(
        refusal.status().orElseThrow(), HttpClient.Version.HTTP_1_1, refusal::headers);
  }

  @Override
  public int statusCode() {
    return statusCode;
  }

  @Override
  public HttpHeaders headers() {
    HttpHeaders collected = headers;
    if (collected == null) {
      collected = fields.get();
      headers = collected;
    }
    return collected;
  }

  /** {@return the version it came in; HTTP/1.0 is taken for HTTP/1.1, as by the JDK's client} */
  @Override
  public HttpClient.Version version() {
    return version;
  }

  /** {@return what undoes the content codings, or null if there are none} */
  @Nullable ContentDecoder decoder() {
    return ContentCodings.decoder(TokenList.of(headers().allValues("Content-Encoding")));
  }

  /** {@return the head as it is when the body has been decompressed} */
  ReceivedHead withoutCoding() {
    HttpHeaders coded = headers();
    return new ReceivedHead(
        statusCode,
        version,
        () ->
            HttpHeaders.of(
                coded.map(),
                (name, value) ->
                    !name.equalsIgnoreCase("Content-Encoding")
                        && !name.equalsIgnoreCase("Content-Length")));
  }
}
