package io.httptrace.client.http1;

import io.httptrace.client.exchange.RequestHead;
import io.httptrace.client.exchange.ResponseHead;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DefaultHeaders;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Translates heads to Netty's messages and back. */
public final class Heads {
  private static final DefaultHeaders.ValueValidator<CharSequence> VALUES =
      DefaultHttpHeadersFactory.headersFactory().getValueValidator();

  private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

  private Heads() {}

  /** {@return the head, or the whole request if it has no body} */
  static HttpRequest toNetty(RequestHead head) {
    io.netty.handler.codec.http.HttpHeaders headers =
        new ReadOnlyHttpHeaders(true, namesAndValues(head.fields()));
    HttpMethod method = HttpMethod.valueOf(head.method());
    return head.hasBody()
        ? new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, head.target(), headers)
        : new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            method,
            head.target(),
            Unpooled.EMPTY_BUFFER,
            headers,
            EmptyHttpHeaders.INSTANCE);
  }

  private static CharSequence[] namesAndValues(List<RequestHead.Field> fields) {
    int count = 0;
    for (int i = 0; i < fields.size(); i++) {
      count += fields.get(i).values().size();
    }
    CharSequence[] all = new CharSequence[2 * count];
    int next = 0;
    for (int i = 0; i < fields.size(); i++) {
      List<String> values = fields.get(i).values();
      for (int j = 0; j < values.size(); j++) {
        VALUES.validate(values.get(j));
        all[next++] = fields.get(i).name();
        all[next++] = values.get(j);
      }
    }
    return all;
  }

  static ResponseHead fromNetty(HttpResponse response, String requestMethod) {
    return new ResponseHead(
        response.status().code(),
        response.protocolVersion().text(),
        response.headers(),
        hasBody(response, requestMethod),
        HttpUtil.isKeepAlive(response)
            && response.status().code() != 101
            && hasFraming(response, requestMethod));
  }

  /** {@return the fields, with names in any case} */
  public static HttpHeaders fromNetty(io.netty.handler.codec.http.HttpHeaders headers) {
    if (headers.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = all.next();
      fields
          .computeIfAbsent(field.getKey().toString(), name -> new ArrayList<>(1))
          .add(field.getValue().toString());
    }
    return HttpHeaders.of(fields, (name, value) -> true);
  }

  /** RFC 9112, section 6.3, rules 1 and 2; a length of zero is no body either. */
  private static boolean hasBody(HttpResponse response, String requestMethod) {
    int status = response.status().code();
    if (requestMethod.equals("HEAD") || status == 204 || status == 304 || status == 101) {
      return false;
    }
    return HttpUtil.isTransferEncodingChunked(response)
        || !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH, "0", true);
  }

  /** RFC 9112, section 6.3: without a framing the body ends with the connection. */
  private static boolean hasFraming(HttpResponse response, String requestMethod) {
    return !hasBody(response, requestMethod)
        || HttpUtil.isTransferEncodingChunked(response)
        || HttpUtil.isContentLengthSet(response);
  }
}
