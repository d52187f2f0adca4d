package io.httptrace.client.http2;

import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Translates heads to Netty's header lists and back. */
final class Http2HeaderMapper {
  /** Of these the hash, which Netty asks for again and again, is known. */
  private static final Map<String, CharSequence> USUAL_NAMES =
      Stream.of(
              Http2Headers.PseudoHeaderName.AUTHORITY.value(),
              Http2Headers.PseudoHeaderName.METHOD.value(),
              Http2Headers.PseudoHeaderName.PATH.value(),
              Http2Headers.PseudoHeaderName.SCHEME.value(),
              HttpHeaderNames.ACCEPT,
              HttpHeaderNames.ACCEPT_ENCODING,
              HttpHeaderNames.AUTHORIZATION,
              HttpHeaderNames.CONTENT_LENGTH,
              HttpHeaderNames.CONTENT_TYPE,
              HttpHeaderNames.COOKIE,
              HttpHeaderNames.USER_AGENT)
          .collect(Collectors.toMap(AsciiString::toString, name -> name));

  private Http2HeaderMapper() {}

  static Http2Headers toNetty(RequestHead head) {
    Http2Headers headers = new DefaultHttp2Headers(false, head.fields().size());
    for (RequestHead.Field field : head.fields()) {
      String name = field.name();
      headers.add(USUAL_NAMES.getOrDefault(name, name), field.values());
    }
    return headers;
  }

  /** {@return the status (RFC 9113, section 8.3.2), or -1 if there is none} */
  static int status(Http2Headers headers) {
    CharSequence status = headers.status();
    if (status == null || status.length() != 3) {
      return -1;
    }
    int code = 0;
    for (int i = 0; i < 3; i++) {
      int digit = status.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      code = 10 * code + digit;
    }
    return code < 100 ? -1 : code;
  }

  /** {@return how long the body is said to be; 0 if nothing is said, Netty has checked the rest} */
  static long contentLength(Http2Headers headers) {
    return headers.getLong(HttpHeaderNames.CONTENT_LENGTH, 0);
  }

  /**
   * {@return what is wrong with the values of fields, or null} Line breaks and NUL could become
   * more than one field to someone else; other control characters and blanks at the ends do no harm
   * (RFC 9110, section 5.5). Netty has checked the names.
   */
  static @Nullable String fault(Http2Headers headers) {
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      CharSequence value = field.getValue();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\r' || c == '\n' || c == 0) {
          return "a line break or NUL in the value of " + field.getKey();
        }
      }
    }
    return null;
  }

  static ResponseHead head(int status, Http2Headers headers, boolean hasBody) {
    return new ResponseHead(status, Protocol.HTTP_2.text(), fields(headers), hasBody, true);
  }

  static HttpHeaders trailers(Http2Headers headers) {
    Map<String, List<String>> fields = new TreeMap<>();
    for (Map.Entry<String, String> field : fields(headers)) {
      fields.computeIfAbsent(field.getKey(), name -> new ArrayList<>(1)).add(field.getValue());
    }
    return HttpHeaders.of(fields, (name, value) -> true);
  }

  /**
   * {@return the fields without the pseudo-header fields} They are made when someone looks at them,
   * which no I/O thread does: there may be twenty thousand.
   */
  private static Iterable<Map.Entry<String, String>> fields(Http2Headers headers) {
    return () -> new Fields(headers.iterator());
  }

  private static final class Fields implements Iterator<Map.Entry<String, String>> {
    private final Iterator<Map.Entry<CharSequence, CharSequence>> all;
    private Map.@Nullable Entry<String, String> next;

    Fields(Iterator<Map.Entry<CharSequence, CharSequence>> all) {
      this.all = all;
      advance();
    }

    private void advance() {
      next = null;
      while (next == null && all.hasNext()) {
        Map.Entry<CharSequence, CharSequence> field = all.next();
        if (field.getKey().length() > 0 && field.getKey().charAt(0) != ':') {
          next = Map.entry(field.getKey().toString(), field.getValue().toString());
        }
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Map.Entry<String, String> next() {
      Map.Entry<String, String> field = next;
      if (field == null) {
        throw new NoSuchElementException();
      }
      advance();
      return field;
    }
  }
}
