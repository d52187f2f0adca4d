package io.httptrace.client.http1;

import io.httptrace.client.http.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DefaultHeaders;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import java.util.List;

/** Translates heads of requests to Netty's messages. */
final class Http1HeaderMapper {
  private static final DefaultHeaders.ValueValidator<CharSequence> VALUES =
      DefaultHttpHeadersFactory.headersFactory().getValueValidator();

  private Http1HeaderMapper() {}

  /** {@return the head, or the whole request if it has no body} */
  static HttpRequest toNetty(RequestHead head) {
    HttpHeaders headers = new ReadOnlyHttpHeaders(true, namesAndValues(head.fields()));
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
}
